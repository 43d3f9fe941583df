using System.Collections.Immutable;
using Breakwater.Cli.Conformance.Kinds;

namespace Breakwater.Cli.Conformance;

/// <summary>Every shape of case this program computes.</summary>
internal static class Families
{
    /// <summary>All families; the first that recognises a case answers it.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        .. NormalFamilies.All,
        .. BlackScholesFamilies.All,
        .. ForwardOptionFamilies.All,
        .. AverageFamilies.All,
        .. ModelFamilies.All,
        .. EwmaFamilies.All,
        .. EllipticalFamilies.All,
        .. RandomFamilies.All,
        .. ScenarioTailFamilies.All,
        .. SurfaceFamilies.All,
        .. DependenceFamilies.All,
        .. TimeSeriesFamilies.All,
        .. ExecutionFamilies.All,
    ];
}
