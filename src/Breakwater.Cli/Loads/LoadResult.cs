using System.Collections.Immutable;

namespace Breakwater.Cli.Loads;

/// <summary>What a load came to.</summary>
/// <param name="Request">The load.</param>
/// <param name="Tallies">By kind.</param>
/// <param name="Cadence">Ticks of the server during it.</param>
internal sealed record LoadResult(LoadRequest Request, ImmutableArray<LoadTally> Tallies, CadenceKept Cadence);
