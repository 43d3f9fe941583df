using Breakwater.Adapters.Files;
using Breakwater.Parameters;

namespace Breakwater.Tests.Forecasts;

/// <summary>The parameters that ship with the product.</summary>
internal static class ShippedParameters
{
    public static RiskParameters Value { get; } = ParameterFile.LoadNewestShipped().Value;
}
