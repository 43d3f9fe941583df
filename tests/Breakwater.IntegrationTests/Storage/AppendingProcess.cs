using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Breakwater.Adapters.Storage;
using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Storage;

/// <summary>This very program, started again to append to a journal until it is killed. It prints each event that was
/// acknowledged: sequence, writer, number.</summary>
internal sealed class AppendingProcess : IDisposable
{
    private const string FolderVariable = "BREAKWATER_APPEND_TO";
    private const int WriterCount = 8;

    private readonly Process _process;

    private AppendingProcess(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Folder of the journal.</param>
    /// <param name="round">Makes the events of each start different.</param>
    public static AppendingProcess Start(string folder, int round)
    {
        ProcessStartInfo start = new("dotnet", [typeof(AppendingProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[FolderVariable] = $"{round}:{folder}";
        return new AppendingProcess(Process.Start(start)!); // not a shell: a process is started or it throws
    }

    /// <summary>The event of a writer.</summary>
    public static JournalEntry Event(int round, int writer, int number)
    {
        byte[] payload = new byte[50 + (number * 7 + writer) % 200];
        Array.Fill(payload, (byte)((number + writer) % 251));
        string name = string.Create(CultureInfo.InvariantCulture, $"{round}-{writer}-{number}");
        return new JournalEntry(writer, Timestamp.FromUnixMilliseconds(number), CommandId.Of("test", name), payload);
    }

    /// <summary>Lets it run until it has acknowledged so many events, then kills it without warning.</summary>
    /// <returns>Sequence, writer and number of every event that it said it had acknowledged.</returns>
    public IReadOnlyList<(long Sequence, int Writer, int Number)> KillAfter(int count)
    {
        List<(long, int, int)> acknowledged = [];
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (Parsed(line) is { } append) acknowledged.Add(append);
            if (acknowledged.Count == count) _process.Kill();
        }

        _process.WaitForExit();
        return acknowledged;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    // The last line may have been cut by the end of the process.
    private static (long, int, int)? Parsed(string line)
    {
        string[] parts = line.Split(' ');
        return parts is [_, _, _, "."]
            ? (long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture),
                int.Parse(parts[2], CultureInfo.InvariantCulture))
            : null;
    }

#pragma warning disable CA2255 // Before the test runner looks at its arguments: this start is not for it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void AppendIfAsked()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } asked) return;
        int cut = asked.IndexOf(':', StringComparison.Ordinal);
        int round = int.Parse(asked[..cut], CultureInfo.InvariantCulture);
        JournalOptions options = JournalOptions.Default with { SegmentBytes = 1 << 20 };
        using Journal journal = Journal.Open(FolderDisk.AtOrNew(asked[(cut + 1)..]), options).Value;
        Task<Appended>[] underWay = new Task<Appended>[WriterCount];

        // On this thread alone: others could not enter this module before its initialiser has ended.
        for (int number = 0; ; number++)
        {
            for (int writer = 0; writer < WriterCount; writer++)
            {
                if (underWay[writer] is { } before)
                {
                    Console.Out.WriteLine($"{before.GetAwaiter().GetResult().Sequence} {writer} {number - 1} .");
                }

                underWay[writer] = journal.AppendAsync(Event(round, writer, number));
            }
        }
    }
}
