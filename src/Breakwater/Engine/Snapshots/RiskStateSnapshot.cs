using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Engine.Snapshots;

/// <summary>A state as bytes, kind <c>SNAP</c>, so that a restart replays the tail of the journal alone (RELIABILITY
/// P2, S2).</summary>
/// <remarks>
/// Ground state, memory and commands are written whole. The valuation is not: what it was derived from is, and it is
/// derived again. The bytes end with the digest of the state, which a restored one is held against, and with their own:
/// what is damaged, or what another version of the source would restore otherwise, is refused.
/// </remarks>
public static class RiskStateSnapshot
{
    /// <summary>Version of the layout of a state whose indices allow everything.</summary>
    public const int Version = 2;

    /// <summary>Version of the layout with modes of indices, which stand before the digest of the state. What needs
    /// none is written without: releases that know none read it, and theirs are read here.</summary>
    public const int VersionWithIndexModes = 3;

    private const string Kind = "SNAP";
    private const int DigestBytes = 32;
    private const int ItemsMax = 1 << 20;
    private const int ProtocolLengthMax = 256;
    private const int PathLengthMax = 256;

    /// <summary>Bytes of a state.</summary>
    /// <param name="state">The state.</param>
    public static ImmutableArray<byte> Encode(RiskState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        CanonicalWriter writer = new CanonicalWriter(Kind, VersionOf(state))
            .Write(state.Sequence).Write(state.At).Write(state.DueAt).Write(state.IsHolding)
            .Write(state.HasSettledSince).Write(state.Held is not null);
        Write(writer, state.Parameters);
        writer.Write(LedgerEncoding.Encode(state.Ledger).Bytes);
        writer.Write([.. state.Markets.Values], GroundEncoding.Write);
        writer.Write([.. state.Observed.Values], (inner, own) =>
        {
            bool isSame = ReferenceEquals(own.Ground, state.Markets.GetValueOrDefault(own.Ground.Asset));
            inner.Write(own.Ground.Asset).Write(isSame);
            if (!isSame) GroundEncoding.Write(inner, own.Ground);
        });
        MemoryEncoding.Write(writer, state);
        writer.Write(state.LastGood is not null);
        if (state.LastGood is { } good) DerivedEncoding.Write(writer, good);
        writer.Write(state.Valuation is not null);
        if (state.Valuation is { } valuation) Write(writer, valuation.Ground, state);
        if (!state.IndexModes.IsEmpty) RiskStateEncoding.WriteIndexModes(writer, state);
        writer.Write(RiskStateEncoding.DigestOf(state));
        return [.. writer.Write(writer.Digest).Bytes];
    }

    /// <summary>Digest of the state (<see cref="RiskStateEncoding"/>) that some bytes hold; not checked.</summary>
    /// <param name="bytes">Bytes of <see cref="Encode"/>.</param>
    public static Digest DigestIn(ReadOnlySpan<byte> bytes) =>
        Digest.FromBytes(bytes[^(2 * DigestBytes)..^DigestBytes]);

    /// <summary>The state of some bytes, or why they are none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="run">Runs independent units of the valuation; <c>null</c>: one after another.</param>
    public static Result<RiskState> Decode(ReadOnlySpan<byte> bytes, UnitRun? run = null) =>
        Decode(bytes, run ?? UnitRuns.InOrder, ScenarioDesign.Build);

    /// <summary>The same with another design of scenario sets.</summary>
    internal static Result<RiskState> Decode(
        ReadOnlySpan<byte> bytes, UnitRun run, Func<ScenarioInputs, ScenarioSets> design)
    {
        bool isWhole = bytes.Length > DigestBytes
            && Digest.FromBytes(bytes[^DigestBytes..]) == Digest.Of(bytes[..^DigestBytes]);
        CanonicalReader reader = new(
            isWhole ? bytes[..^DigestBytes] : default, Kind, Version, VersionWithIndexModes);
        RiskState? state = Read(ref reader, run, design);
        if (reader.Version == VersionWithIndexModes && state is not null)
        {
            state = state with { IndexModes = MemoryEncoding.ReadIndexModes(ref reader) };
            if (state.IndexModes.IsEmpty) reader.Break(); // it would have been written as the other version
        }

        Digest digest = reader.Digest();
        return state is not null && reader.IsWhole && RiskStateEncoding.DigestOf(state) == digest
            ? Result<RiskState>.Accepted(state)
            : Result<RiskState>.Refused(new Failure(
                FailureReason.Malformed, "the bytes are no snapshot that this version restores",
                Value: $"{bytes.Length} bytes", Limit: $"the canonical bytes of a state, {Kind} {Version}"));
    }

    private static int VersionOf(RiskState state) =>
        state.IndexModes.IsEmpty ? Version : VersionWithIndexModes;

    private static RiskState? Read(
        ref CanonicalReader reader, UnitRun run, Func<ScenarioInputs, ScenarioSets> design)
    {
        (long sequence, Timestamp at, Timestamp due) = (reader.Long(), reader.Time(), reader.Time());
        (bool isHolding, bool hasSettled, bool isHeld) = (reader.Bool(), reader.Bool(), reader.Bool());
        RiskParameters? parameters = ReadParameters(ref reader);
        Ledger? ledger = reader.IsBroken ? null : LedgerReading.Read(reader.Blob());
        if (parameters is null || ledger is null) return null;
        RiskState state = RiskState.Start(parameters) with
        {
            Sequence = sequence,
            At = at,
            IsHolding = isHolding,
            HasSettledSince = hasSettled,
            Ledger = ledger,
            Markets = ReadMarkets(ref reader),
        };
        state = state with { Observed = ReadObserved(ref reader, state) };
        state = MemoryEncoding.Read(ref reader, state);
        if (reader.Bool()) state = state with { LastGood = DerivedEncoding.ReadSurfaces(ref reader) };
        state = DueWork.Rescheduled(state, at) with { DueAt = due };
        if (!reader.Bool() || reader.IsBroken) return reader.IsBroken ? null : state;
        MarketGround? ground = ReadGround(ref reader, state);
        if (ground is null || reader.IsBroken) return null;
        Result<MarketValuation> valued = MarketRevaluation.Of(ground, null, run, design);
        return valued.IsAccepted ? WithValuation(state, valued.Value, isHeld) : null;
    }

    private static RiskState WithValuation(RiskState state, MarketValuation valuation, bool isHeld) => state with
    {
        Valuation = valuation,
        InForce = HaircutStanding.InForce(valuation, state.Haircuts),
        Held = isHeld ? valuation.Scenarios : null,
    };

    private static ImmutableSortedDictionary<AssetId, AssetGround> ReadMarkets(ref CanonicalReader reader)
    {
        ImmutableSortedDictionary<AssetId, AssetGround>.Builder markets =
            ImmutableSortedDictionary.CreateBuilder<AssetId, AssetGround>();
        for (int left = reader.Count(16, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetGround ground = GroundEncoding.Read(ref reader);
            if (!reader.IsBroken) markets[ground.Asset] = ground;
        }

        return markets.ToImmutable();
    }

    private static ImmutableSortedDictionary<AssetId, (AssetGround Ground, UnderlyingObservations Seen)> ReadObserved(
        ref CanonicalReader reader, RiskState state)
    {
        var observed = ImmutableSortedDictionary
            .CreateBuilder<AssetId, (AssetGround Ground, UnderlyingObservations Seen)>();
        for (int left = reader.Count(6, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetId asset = reader.Asset();
            AssetGround? ground = reader.Bool()
                ? state.Markets.GetValueOrDefault(asset)
                : GroundEncoding.Read(ref reader);
            if (ground is null || reader.IsBroken) reader.Break();
            else observed[asset] = (ground, ground.Observations());
        }

        return observed.ToImmutable();
    }

    // Observations are those of the last tick unless that one could not value the market.
    private static void Write(CanonicalWriter writer, MarketGround ground, RiskState state)
    {
        writer.Write(ground.Observations.AtRequested)
            .Write(ground.Observations.Underlyings, (inner, own) =>
            {
                bool isSame = state.Observed.TryGetValue(own.Asset, out var known) && ReferenceEquals(known.Seen, own);
                inner.Write(own.Asset).Write(isSame);
                if (!isSame) GroundEncoding.Write(inner, own);
            })
            .Write(ReferenceEquals(ground.Parameters, state.Parameters));
        if (!ReferenceEquals(ground.Parameters, state.Parameters)) Write(writer, ground.Parameters);
        writer.Write([.. ground.Instruments], static (inner, instrument) => inner.Write(instrument.Name))
            .Write(ground.Beacon, static (inner, word) => inner.Write((int)word))
            .Write(ground.BeaconBefore, static (inner, word) => inner.Write((int)word))
            .Write(ground.LastGood is not null);
        if (ground.LastGood is { } good) DerivedEncoding.Write(writer, good);
        writer.Write(ground.Scenarios is not null);
        if (ground.Scenarios is { } held) DerivedEncoding.Write(writer, held);
    }

    private static MarketGround? ReadGround(ref CanonicalReader reader, RiskState state)
    {
        Timestamp at = reader.Time();
        ImmutableArray<UnderlyingObservations>.Builder seen = ImmutableArray.CreateBuilder<UnderlyingObservations>();
        for (int left = reader.Count(6, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            AssetId asset = reader.Asset();
            if (!reader.Bool()) seen.Add(GroundEncoding.ReadObservations(ref reader));
            else if (state.Observed.TryGetValue(asset, out var known)) seen.Add(known.Seen);
            else reader.Break();
        }

        RiskParameters? parameters = reader.Bool() ? state.Parameters : ReadParameters(ref reader);
        ImmutableSortedSet<Instrument>.Builder instruments = ImmutableSortedSet.CreateBuilder<Instrument>();
        for (int left = reader.Count(5, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            if (reader.Instrument() is { } instrument) instruments.Add(instrument);
        }

        if (parameters is null || reader.IsBroken) return null;
        return new MarketGround(new MarketObservations(at, seen.ToImmutable()), parameters, instruments.ToImmutable())
        {
            Beacon = ReadBeacon(ref reader),
            BeaconBefore = ReadBeacon(ref reader),
            LastGood = reader.Bool() ? DerivedEncoding.ReadSurfaces(ref reader) : null,
            Scenarios = reader.Bool() ? DerivedEncoding.ReadSets(ref reader) : null,
        };
    }

    private static ImmutableArray<byte> ReadBeacon(ref CanonicalReader reader)
    {
        byte[] beacon = new byte[reader.Count(4, ScenarioSeed.BeaconBytes)];
        for (int index = 0; index < beacon.Length; index++) beacon[index] = (byte)reader.Member(byte.MaxValue);
        if (beacon.Length != ScenarioSeed.BeaconBytes) reader.Break();
        return [.. beacon];
    }

    private static void Write(CanonicalWriter writer, RiskParameters own) => writer
        .Write(own.Version).Write(own.EffectiveAt).Write(own.ProtocolId).Write(
            [.. own.Values.ByPath.OrderBy(static entry => entry.Key, StringComparer.Ordinal)],
            static (inner, entry) => inner.Write(entry.Key).Write(entry.Value));

    private static RiskParameters? ReadParameters(ref CanonicalReader reader)
    {
        (int version, Timestamp effective) = (reader.Int(), reader.Time());
        string protocol = reader.Text(ProtocolLengthMax);
        ImmutableSortedDictionary<string, decimal>.Builder values =
            ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        for (int left = reader.Count(24, ItemsMax); left > 0; left--)
        {
            values[reader.Text(PathLengthMax)] = reader.Decimal();
        }

        if (reader.IsBroken) return null;
        Result<RiskParameters> parameters =
            ParameterValidation.Check(version, effective, protocol, new ParameterValues(values.ToImmutable()));
        return parameters.IsAccepted ? parameters.Value : null;
    }
}
