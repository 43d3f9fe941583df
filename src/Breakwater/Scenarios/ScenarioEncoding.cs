using System.Buffers.Binary;
using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Scenarios;

/// <summary>Canonical little-endian matrix of a set: what its digest is taken of.</summary>
/// <remarks>Byte layout: docs/methodology/scenario-seed.md, which lets anybody recompute the digest from the CSV of
/// <c>scenarios --out</c>.</remarks>
public static class ScenarioEncoding
{
    private const int RowBytes = 8;

    /// <summary>Canonical bytes: horizon, counts, then per scenario block, stickiness, weight, dampening and factors,
    /// each a little-endian 64-bit integer.</summary>
    /// <param name="horizon">Which set: 0 maintenance, 1 initial.</param>
    /// <param name="scenarios">Scenarios by id.</param>
    /// <param name="valuesNano">[scenario × factor] values in units of 1e-9.</param>
    public static byte[] Bytes(
        MarginHorizon horizon, ImmutableArray<Scenario> scenarios, ImmutableArray<long> valuesNano)
    {
        int factors = valuesNano.Length / scenarios.Length;
        byte[] bytes = new byte[RowBytes * (3 + (scenarios.Length * (4 + factors)))];
        int at = 0;
        Write(bytes, ref at, (long)horizon);
        Write(bytes, ref at, scenarios.Length);
        Write(bytes, ref at, factors);
        for (int scenario = 0; scenario < scenarios.Length; scenario++)
        {
            Write(bytes, ref at, (long)scenarios[scenario].Block);
            Write(bytes, ref at, scenarios[scenario].IsStickyStrike ? 1L : 0L);
            Write(bytes, ref at, scenarios[scenario].Weight);
            Write(bytes, ref at, scenarios[scenario].DampeningNano);
            for (int factor = 0; factor < factors; factor++)
            {
                Write(bytes, ref at, valuesNano[(scenario * factors) + factor]);
            }
        }

        return bytes;
    }

    /// <summary>SHA-256 of those bytes.</summary>
    /// <param name="horizon">Which set.</param>
    /// <param name="scenarios">Scenarios by id.</param>
    /// <param name="valuesNano">[scenario × factor] values in units of 1e-9.</param>
    public static Digest DigestOf(
        MarginHorizon horizon, ImmutableArray<Scenario> scenarios, ImmutableArray<long> valuesNano) =>
        Digest.Of(Bytes(horizon, scenarios, valuesNano));

    private static void Write(byte[] bytes, ref int at, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
        at += RowBytes;
    }
}
