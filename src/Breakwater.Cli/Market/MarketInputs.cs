using System.Collections.Immutable;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Cli.Market;

/// <summary>What the market options name, read and accepted.</summary>
/// <param name="Market">The snapshot everything is valued at.</param>
/// <param name="Parameters">The governed constants.</param>
/// <param name="Beacon">Public beacon of the scenario seed, 32 bytes; zeros where none was given.</param>
/// <param name="BeaconBefore">Beacon of the day before, likewise; used until block B has rotated.</param>
internal sealed record MarketInputs(
    MarketSnapshot Market, RiskParameters Parameters, ImmutableArray<byte> Beacon, ImmutableArray<byte> BeaconBefore);
