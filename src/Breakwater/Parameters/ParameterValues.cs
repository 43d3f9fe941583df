using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Raw values of a parameter file by path, before and after validation.</summary>
/// <param name="ByPath">Value of each path, sorted ordinally.</param>
public sealed record ParameterValues(ImmutableSortedDictionary<string, decimal> ByPath)
{
    /// <summary>Value of a field.</summary>
    /// <exception cref="KeyNotFoundException">Validation was bypassed: the field is absent.</exception>
    public double this[ParameterField field] => (double)ByPath[field.Path];

    /// <summary>Value of a field that stands once per asset.</summary>
    /// <exception cref="KeyNotFoundException">Validation was bypassed: the field is absent.</exception>
    public double this[ParameterField field, string asset] => (double)ByPath[field.For(asset)];

    /// <summary>Exact value of a field.</summary>
    public decimal Exact(ParameterField field) => ByPath[field.Path];

    /// <summary>Exact value of a field that stands once per asset.</summary>
    public decimal Exact(ParameterField field, string asset) => ByPath[field.For(asset)];

    /// <summary>Value of a whole-number field.</summary>
    public int Whole(ParameterField field) => (int)ByPath[field.Path];
}
