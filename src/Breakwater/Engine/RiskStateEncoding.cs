using Breakwater.Accounts.Ledgers;
using Breakwater.Attestation;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Canonical bytes of a state, kind <c>RSTA</c>: two runs over the same events agree on them, whatever threads
/// and vectors they had (RELIABILITY P3, S2).</summary>
/// <remarks>Ground state and memory are in them whole; of what is derived the digests of snapshot and scenario sets,
/// the surfaces and every margin. Cost: the whole of the state, histories included; for checks, not for every event.
/// </remarks>
public static class RiskStateEncoding
{
    /// <summary>Version of the layout of a state whose indices allow everything; with modes of indices, which stand
    /// at its end, it is the next one. Digests of states before there were any stay what they were.</summary>
    public const int Version = 2;

    /// <summary>SHA-256 of the bytes.</summary>
    /// <param name="state">The state.</param>
    public static Digest DigestOf(RiskState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        CanonicalWriter writer = new CanonicalWriter("RSTA", state.IndexModes.IsEmpty ? Version : Version + 1)
            .Write(state.Sequence).Write(state.At).Write(state.Parameters.Digest)
            .Write(LedgerEncoding.DigestOf(state.Ledger));
        WriteMarkets(writer, state);
        WriteMemory(writer, state);
        WriteCommands(writer, state.Commands);
        WriteDerived(writer, state);
        if (!state.IndexModes.IsEmpty) WriteIndexModes(writer, state);
        return writer.Digest;
    }

    /// <summary>Writes what indices allow; the same in snapshots.</summary>
    internal static void WriteIndexModes(CanonicalWriter writer, RiskState state) => writer.Write(
        [.. state.IndexModes], static (inner, own) => inner.Write(own.Key).Write((int)own.Value));

    private static void WriteMarkets(CanonicalWriter writer, RiskState state)
    {
        writer.Write(state.Markets.Count);
        foreach (AssetGround own in state.Markets.Values)
        {
            writer.Write(own.Asset).Write(own.SeenAt is not null).Write(own.SeenAt ?? default).Write(own.IndexUsd)
                .Write(own.Quotes.Count);
            foreach (ChainRow row in own.Quotes.Values)
            {
                MarketEventEncoding.Write(writer, new RiskEvent.QuoteSeen(row.QuotedAt ?? default, row));
                writer.Write(row.QuotedAt ?? default);
            }

            writer.Write(own.EarlierIndexes, static (inner, point) => inner.Write(point.At).Write(point.Value));
            writer.Write(own.Futures is not null);
            if (own.Futures is { } futures) Write(writer, new RiskEvent.FuturesSeen(default, own.Asset, futures));
            writer.Write(own.Prices, (inner, series) =>
                Write(inner, new RiskEvent.ClosesSeen(default, own.Asset, SeriesKind.Price, series)));
            writer.Write(own.VolatilityIndices, (inner, series) =>
                Write(inner, new RiskEvent.ClosesSeen(default, own.Asset, SeriesKind.VolatilityIndex, series)));
            writer.Write(own.Funding, (inner, series) =>
                Write(inner, new RiskEvent.FundingSeen(default, own.Asset, series)));
            writer.Write(own.Depths, (inner, series) =>
                Write(inner, new RiskEvent.DepthSeen(default, own.Asset, series)));
            writer.Write(own.Flow, (inner, series) =>
                Write(inner, new RiskEvent.FlowSeen(default, own.Asset, series)));
        }
    }

    private static void Write(CanonicalWriter writer, RiskEvent seen) => MarketEventEncoding.Write(writer, seen);

    private static void WriteMemory(CanonicalWriter writer, RiskState state)
    {
        writer.Write(state.Accounts.Count);
        foreach ((string id, AccountStanding own) in state.Accounts)
        {
            writer.Write(id).Write((int)own.Stage).Write(own.BetterTicks)
                .Write(own.Computed.Equity.MicroDollars).Write(own.Computed.Initial.MicroDollars)
                .Write(own.Computed.Target.MicroDollars).Write(own.Computed.Maintenance.MicroDollars)
                .Write(own.Computed.IsLiquidationLikely).Write(own.Computed.Refusals, WriteFailure)
                .Write(own.Memory is not null);
            if (own.Memory is not { } memory) continue;
            writer.Write(memory.Computed.MicroDollars).Write(memory.Past, static (inner, mark) =>
                inner.Write(mark.At).Write(mark.Maintenance.MicroDollars));
        }

        writer.Write(state.Modes.Count);
        foreach ((AssetId asset, MarketStanding own) in state.Modes)
        {
            writer.Write(asset).Write((int)own.Mode).Write(own.GoodTicks);
        }

        writer.Write(state.Haircuts.Count);
        foreach ((AssetId asset, HaircutStanding own) in state.Haircuts)
        {
            writer.Write(asset).Write(own.InEffectNano).Write(own.At);
        }

        writer.Write(state.Windows.Count);
        foreach ((AssetId asset, SettlementWindow own) in state.Windows)
        {
            writer.Write(asset).Write(own.Expiry).Write(own.SeenCount).Write(own.LastFixing).Write(own.SumPico);
        }

        writer.Write(state.Beacons.Count);
        foreach ((long epoch, var beacon) in state.Beacons)
        {
            writer.Write(epoch).Write(beacon, static (inner, word) => inner.Write((int)word));
        }
    }

    private static void WriteCommands(CanonicalWriter writer, CommandLog log)
    {
        foreach (var generation in (ReadOnlySpan<System.Collections.Immutable.ImmutableSortedDictionary<
            string, CommandOutcome>>)[log.Older, log.Younger])
        {
            writer.Write(generation.Count);
            foreach ((string id, CommandOutcome own) in generation)
            {
                writer.Write(id).Write(own.Sequence).Write(own.Refusal is not null);
                if (own.Refusal is { } refusal) WriteFailure(writer, refusal);
            }
        }
    }

    private static void WriteFailure(CanonicalWriter writer, Failure own) => writer
        .Write(own.Reason.ToString()).Write(own.Message).Write(own.File).Write(own.Place).Write(own.Value)
        .Write(own.Limit);

    private static void WriteDerived(CanonicalWriter writer, RiskState state)
    {
        writer.Write(state.IsHolding).Write(state.Held is not null);
        if (state.Held is { } held) writer.Write(CanonicalEncoding.DigestOf(held));
        writer.Write(state.LastGood is not null);
        if (state.LastGood is { } good) writer.Write(good.Surfaces, WriteSurface);
        writer.Write(state.Valuation is not null);
        if (state.Valuation is not { } valuation) return;
        writer.Write(CanonicalEncoding.DigestOf(valuation.Market))
            .Write(CanonicalEncoding.DigestOf(valuation.Scenarios))
            .Write(valuation.Surfaces.Surfaces, WriteSurface)
            .Write(valuation.Arrays.Rows, static (inner, row) => inner
                .Write(row.Instrument.Name).Write(row.MarkPriceMicroUsd).Write(row.MarkValueDownMicroUsd));
    }

    private static void WriteSurface(CanonicalWriter writer, VolatilitySurface surface) => writer
        .Write(surface.Underlying).Write(surface.At).Write((int)surface.State).Write(surface.LevelCertified)
        .Write(surface.Slices, static (inner, slice) => inner
            .Write(slice.Expiry).Write(slice.Svi.A).Write(slice.Svi.B).Write(slice.Svi.Rho).Write(slice.Svi.M)
            .Write(slice.Svi.Sigma));
}
