using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>Canonical bytes of events, kind <c>EVNT</c>: what the journal stores (docs/methodology/canonical-encoding).
/// </summary>
/// <remarks>Decoding is total and strict: bytes that are not exactly those of one event are refused, so that equal
/// events have equal bytes and the other way round.</remarks>
public static class RiskEventEncoding
{
    /// <summary>Most points of a series in one event; longer ones take several.</summary>
    public const int PointsMax = 4096;

    /// <summary>Most characters of the name of a command.</summary>
    public const int CommandIdLengthMax = 64;

    /// <summary>Version of the layout.</summary>
    public const int Version = 1;

    private const string Kind = "EVNT";
    private const int ProtocolLengthMax = 256;
    private const int PathLengthMax = 256;
    private const int ValuesMax = 4096;

    /// <summary>Number of an event's kind: part of its bytes, never used again for another.</summary>
    /// <param name="happened">The event.</param>
    public static int KindOf(RiskEvent happened) => happened switch
    {
        RiskEvent.ChainSeen => 1,
        RiskEvent.QuoteSeen => 2,
        RiskEvent.IndexSeen => 3,
        RiskEvent.FuturesSeen => 4,
        RiskEvent.ClosesSeen => 5,
        RiskEvent.FundingSeen => 6,
        RiskEvent.DepthSeen => 7,
        RiskEvent.FlowSeen => 8,
        RiskEvent.LedgerCommand => 9,
        RiskEvent.ParametersGiven => 10,
        RiskEvent.BeaconSeen => 11,
        RiskEvent.ScenarioHold => 12,
        RiskEvent.ReportAsked => 13,
        RiskEvent.ClockTick => 14,
        RiskEvent.IndexModeSeen => 15,
        _ => throw new System.Diagnostics.UnreachableException(happened.ToString()),
    };

    /// <summary>Name of the command that an event is; <c>null</c> if it is none.</summary>
    /// <param name="happened">The event.</param>
    public static string? CommandIdOf(RiskEvent happened) => happened switch
    {
        RiskEvent.LedgerCommand own => own.CommandId,
        RiskEvent.ParametersGiven own => own.CommandId,
        RiskEvent.ScenarioHold own => own.CommandId,
        RiskEvent.ReportAsked own => own.CommandId,
        _ => null,
    };

    /// <summary>Bytes of an event.</summary>
    /// <param name="happened">The event.</param>
    public static ImmutableArray<byte> Encode(RiskEvent happened) => [.. Write(happened).Bytes];

    /// <summary>The event of some bytes, or why they are none.</summary>
    /// <param name="bytes">The bytes.</param>
    public static Result<RiskEvent> Decode(ReadOnlySpan<byte> bytes)
    {
        CanonicalReader reader = new(bytes, Kind, Version);
        RiskEvent? decoded = Read(ref reader);
        return decoded is not null && reader.IsWhole && Write(decoded).Bytes.SequenceEqual(bytes)
            ? Result<RiskEvent>.Accepted(decoded)
            : Result<RiskEvent>.Refused(new Failure(
                FailureReason.Malformed, "the bytes are no event", Value: $"{bytes.Length} bytes",
                Limit: $"the canonical bytes of one event, {Kind} {Version}"));
    }

    private static CanonicalWriter Write(RiskEvent happened)
    {
        CanonicalWriter writer = new CanonicalWriter(Kind, Version).Write(KindOf(happened)).Write(happened.At);
        switch (happened)
        {
            case RiskEvent.LedgerCommand own:
                LedgerTransitionEncoding.Write(writer.Write(own.CommandId), own.Transition);
                break;
            case RiskEvent.ParametersGiven own:
                writer.Write(own.CommandId).Write(own.Version).Write(own.EffectiveAt).Write(own.ProtocolId).Write(
                    [.. own.Values.ByPath.OrderBy(static entry => entry.Key, StringComparer.Ordinal)],
                    static (inner, entry) => inner.Write(entry.Key).Write(entry.Value));
                break;
            case RiskEvent.BeaconSeen own:
                writer.Write(own.Epoch).Write(own.Beacon, static (inner, word) => inner.Write((int)word));
                break;
            case RiskEvent.ScenarioHold own:
                writer.Write(own.CommandId).Write(own.IsHeld);
                break;
            case RiskEvent.ReportAsked own:
                writer.Write(own.CommandId).Write(own.Account);
                break;
            case RiskEvent.ClockTick:
                break;
            default:
                MarketEventEncoding.Write(writer, happened);
                break;
        }

        return writer;
    }

    private static RiskEvent? Read(ref CanonicalReader reader)
    {
        int kind = reader.Int();
        Timestamp at = reader.Time();
        return kind switch
        {
            9 => LedgerTransitionEncoding.ReadCommand(ref reader, at),
            10 => ReadParameters(ref reader, at),
            11 => ReadBeacon(ref reader, at),
            12 => new RiskEvent.ScenarioHold(at, reader.Text(CommandIdLengthMax), reader.Bool()),
            13 => new RiskEvent.ReportAsked(
                at, reader.Text(CommandIdLengthMax), reader.Text(LedgerLimits.NameLengthMax)),
            14 => new RiskEvent.ClockTick(at),
            _ => MarketEventEncoding.Read(ref reader, kind, at),
        };
    }

    private static RiskEvent.ParametersGiven ReadParameters(ref CanonicalReader reader, Timestamp at)
    {
        string id = reader.Text(CommandIdLengthMax);
        int version = reader.Int();
        Timestamp effective = reader.Time();
        string protocol = reader.Text(ProtocolLengthMax);
        ImmutableSortedDictionary<string, decimal>.Builder values =
            ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        for (int left = reader.Count(24, ValuesMax); left > 0; left--)
        {
            values[reader.Text(PathLengthMax)] = reader.Decimal();
        }

        return new RiskEvent.ParametersGiven(
            at, id, version, effective, protocol, new ParameterValues(values.ToImmutable()));
    }

    private static RiskEvent.BeaconSeen ReadBeacon(ref CanonicalReader reader, Timestamp at)
    {
        long epoch = reader.Long();
        byte[] beacon = new byte[reader.Count(4, ScenarioSeed.BeaconBytes)];
        for (int index = 0; index < beacon.Length; index++)
        {
            beacon[index] = (byte)reader.Member(byte.MaxValue);
        }

        return new RiskEvent.BeaconSeen(at, epoch, [.. beacon]);
    }
}
