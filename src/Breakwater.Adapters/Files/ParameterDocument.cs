using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Adapters.Files;

/// <summary>What a parameter file states, before its values are checked.</summary>
/// <param name="Version">Version number; ≥ 1.</param>
/// <param name="EffectiveAt">When it takes effect.</param>
/// <param name="ProtocolId">Name of the protocol.</param>
/// <param name="Values">Values by path.</param>
/// <param name="Lines">Line of each path, from 1.</param>
public sealed record ParameterDocument(
    int Version,
    Timestamp EffectiveAt,
    string ProtocolId,
    ParameterValues Values,
    ImmutableSortedDictionary<string, int> Lines)
{
    /// <summary>The failure with file and line of the path it names.</summary>
    internal Failure Locate(string file, Failure failure) => failure with
    {
        File = file,
        Place = Lines.TryGetValue(failure.Place, out int line) ? $"line {line}, {failure.Place}" : failure.Place,
    };
}
