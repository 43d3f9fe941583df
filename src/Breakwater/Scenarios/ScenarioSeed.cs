using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Breakwater.Instruments;

namespace Breakwater.Scenarios;

/// <summary>Seed of a scenario set and the public values anybody can recompute it from (METHODOLOGY 3.7).</summary>
/// <param name="ProtocolId">Name of the protocol.</param>
/// <param name="ParameterDigest">Digest of the parameters.</param>
/// <param name="Epoch">UTC day of the snapshot, days since 1970-01-01.</param>
/// <param name="Beacon">Public beacon value, 32 bytes; zero where there is none.</param>
/// <param name="Value">SHA-256(protocol id ‖ parameter digest ‖ epoch ‖ beacon).</param>
public sealed record ScenarioSeed(
    string ProtocolId, Digest ParameterDigest, long Epoch, ImmutableArray<byte> Beacon, Digest Value)
{
    /// <summary>Length of a beacon, bytes.</summary>
    public const int BeaconBytes = 32;

    /// <summary>The beacon of recorded data and offline runs: 32 zero bytes.</summary>
    public static ImmutableArray<byte> NoBeacon { get; } = ImmutableArray.Create(new byte[BeaconBytes]);

    /// <summary>Whether no public beacon was given.</summary>
    public bool IsBeaconMissing => Beacon.AsSpan().IndexOfAnyExcept((byte)0) < 0;

    /// <summary>First 64 bits of the seed, little-endian: the key of Philox.</summary>
    public ulong PhiloxKey => BinaryPrimitives.ReadUInt64LittleEndian(Value.ToBytes().AsSpan());

    /// <summary>Makes the seed from public values; byte layout in docs/methodology/scenario-seed.md.</summary>
    /// <param name="protocolId">Name of the protocol; encoded in UTF-8.</param>
    /// <param name="parameterDigest">Digest of the parameters.</param>
    /// <param name="at">Time of the snapshot; its UTC day is the epoch.</param>
    /// <param name="beacon">32 bytes; <see cref="NoBeacon"/> where there is none.</param>
    /// <exception cref="ArgumentException">The beacon is not 32 bytes long.</exception>
    public static ScenarioSeed From(
        string protocolId, Digest parameterDigest, Timestamp at, ImmutableArray<byte> beacon)
    {
        if (beacon.IsDefault || beacon.Length != BeaconBytes)
        {
            throw new ArgumentException(
                $"beacon has {(beacon.IsDefault ? 0 : beacon.Length)} bytes, not {BeaconBytes}", nameof(beacon));
        }

        long epoch = EpochOf(at);
        byte[] name = Encoding.UTF8.GetBytes(protocolId);
        byte[] bytes = new byte[name.Length + 32 + 8 + BeaconBytes];
        name.CopyTo(bytes, 0);
        parameterDigest.ToBytes().CopyTo(bytes, name.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(name.Length + 32), epoch);
        beacon.CopyTo(bytes, name.Length + 40);
        return new ScenarioSeed(protocolId, parameterDigest, epoch, beacon, Digest.Of(bytes));
    }

    /// <summary>Seed of the day before, of the same protocol and parameters.</summary>
    /// <param name="beacon">Beacon of that day, 32 bytes; <see cref="NoBeacon"/> where there is none.</param>
    public ScenarioSeed DayBefore(ImmutableArray<byte> beacon) => From(
        ProtocolId, ParameterDigest,
        Timestamp.FromUnixMilliseconds((Epoch - 1) * Timestamp.DayMilliseconds), beacon);

    /// <summary>How many eighths of block B this day's seed has replaced: one at midnight UTC and one every half hour
    /// after, until all eight stand (METHODOLOGY 3.7).</summary>
    /// <param name="at">Time of the snapshot.</param>
    /// <returns>1 to 8.</returns>
    public static int EighthsReplaced(Timestamp at)
    {
        const long StepMilliseconds = Timestamp.HourMilliseconds / 2;
        long sinceMidnight = at.UnixMilliseconds - (EpochOf(at) * Timestamp.DayMilliseconds);
        return (int)Math.Min(MonteCarloBlock.Eighths, 1 + (sinceMidnight / StepMilliseconds));
    }

    /// <summary>UTC day of an instant, days since 1970-01-01.</summary>
    public static long EpochOf(Timestamp at) =>
        (at.UnixMilliseconds - (((at.UnixMilliseconds % Timestamp.DayMilliseconds) + Timestamp.DayMilliseconds)
            % Timestamp.DayMilliseconds)) / Timestamp.DayMilliseconds;
}
