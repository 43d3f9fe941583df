namespace Breakwater.Parameters;

/// <summary>One governed constant: where it stands, its unit, its bounds and how far one proposal may move
/// it.</summary>
/// <remarks>
/// A path with <c>*</c> stands once per listed asset: <c>underlyings.*.riskClass</c>. The value itself has no default:
/// it stands in a parameter file or the file is refused.
/// </remarks>
/// <param name="Path">Dotted path in the parameter file, in camel case.</param>
/// <param name="Unit">Unit, in words a voter understands: <c>fraction</c>, <c>hours</c>, <c>USD</c>,
/// <c>count</c>.</param>
/// <param name="Minimum">Smallest allowed value, inclusive.</param>
/// <param name="Maximum">Greatest allowed value, inclusive.</param>
/// <param name="Step">Largest change of one proposal, in words (METHODOLOGY 10): <c>0.005 / 7 d</c>.</param>
/// <param name="Reason">What the value does and why the range is what it is; cites its source.</param>
public sealed record ParameterField(
    string Path, string Unit, decimal Minimum, decimal Maximum, string Step, string Reason)
{
    /// <summary>The path with <c>*</c> replaced by an asset.</summary>
    public string For(string asset) => Path.Replace("*", asset, StringComparison.Ordinal);
}
