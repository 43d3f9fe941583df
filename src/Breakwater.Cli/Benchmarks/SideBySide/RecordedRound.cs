using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>What every program printed in one round, one after the other on one machine.</summary>
/// <param name="Own">The product.</param>
/// <param name="Narrow">The product without its widest vectors; <c>null</c> if it did not run.</param>
/// <param name="Peers">Plain C++ and QuantLib, as far as they are there.</param>
internal sealed record RecordedRound(OwnOutput Own, OwnOutput? Narrow, ImmutableArray<PeerOutput> Peers)
{
    private const string FolderPrefix = "round-";

    /// <summary>Time of a peer; <c>null</c> if it did not run.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="way">Program and way.</param>
    public double? SecondsOf(string workload, string way) => Peers.SelectMany(peer => peer.Times)
        .FirstOrDefault(time => time.Workload == workload && time.Way == way)?.Seconds;

    /// <summary>Reads the rounds <c>round-1</c>, <c>round-2</c>, … of a folder, each with <c>breakwater.json</c> and,
    /// where they ran, <c>narrow.json</c>, <c>native.txt</c> and <c>ql.txt</c>.</summary>
    /// <param name="folder">Path of the folder.</param>
    public static Result<ImmutableArray<RecordedRound>> Load(string folder)
    {
        List<Failure> failures = [];
        ImmutableArray<RecordedRound>.Builder rounds = ImmutableArray.CreateBuilder<RecordedRound>();
        for (int number = 1; ; number++)
        {
            string own = Path.Combine(folder, FolderPrefix + number.ToString(CultureInfo.InvariantCulture));
            if (!Directory.Exists(own)) break;
            if (LoadOne(own, failures) is { } round) rounds.Add(round);
        }

        if (rounds.Count == 0 && failures.Count == 0)
        {
            failures.Add(new Failure(FailureReason.Missing, "the folder holds no round", folder, FolderPrefix + "1"));
        }

        return failures.Count > 0
            ? Result<ImmutableArray<RecordedRound>>.Refused(failures)
            : Result<ImmutableArray<RecordedRound>>.Accepted(rounds.ToImmutable());
    }

    private static RecordedRound? LoadOne(string folder, List<Failure> failures)
    {
        OwnOutput? own = Read(Path.Combine(folder, "breakwater.json"), true, OwnOutput.Of, failures);
        OwnOutput? narrow = Read(Path.Combine(folder, "narrow.json"), false, OwnOutput.Of, failures);
        PeerOutput? cpp = Read(Path.Combine(folder, "native.txt"), false, PeerOutput.OfCpp, failures);
        PeerOutput? quantLib = Read(Path.Combine(folder, "ql.txt"), false, PeerOutput.OfQuantLib, failures);
        return own is null ? null : new RecordedRound(own, narrow, [.. new[] { cpp, quantLib }.OfType<PeerOutput>()]);
    }

    private static T? Read<T>(
        string path, bool isRequired, Func<string, string, Result<T>> parse, List<Failure> failures)
        where T : class
    {
        if (!isRequired && !File.Exists(path)) return null;
        try
        {
            Result<T> parsed = parse(path, File.ReadAllText(path));
            failures.AddRange(parsed.Failures);
            return parsed.IsAccepted ? parsed.Value : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failures.Add(new Failure(FailureReason.Unreadable, exception.Message, path));
            return null;
        }
    }
}
