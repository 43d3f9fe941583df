using System.Text.Json;
using Breakwater.Surfaces;

namespace Breakwater.Adapters.Reports;

/// <summary>The surface report for machines (INTERFACES 2).</summary>
internal static class SurfaceJson
{
    /// <summary>Writes the members of the report.</summary>
    public static void Write(Utf8JsonWriter json, SurfaceView view)
    {
        json.WriteNumber("parameterVersion", view.ParameterVersion);
        json.Objects("underlyings", view.Surfaces, calibrated => WriteSurface(json, calibrated));
        json.Objects("findings", view.MarketFindings, finding => FindingJson.WriteMembers(json, finding));
    }

    /// <summary>Writes the members of one surface.</summary>
    internal static void WriteSurface(Utf8JsonWriter json, CalibratedSurface calibrated)
    {
        VolatilitySurface surface = calibrated.Surface;
        json.WriteString("underlying", surface.Underlying.Name);
        json.WriteString("at", surface.At.ToString());
        if (calibrated.Milliseconds is { } measured)
        {
            json.WriteNumber("calibrationMs", Math.Round(measured, 3));
        }

        json.WriteString("state", surface.State.ToString());
        json.WriteNumber("shockRatio", surface.ShockRatio);
        json.Objects(
            "expiries", Enumerable.Range(0, surface.Slices.Length), slice => WriteSlice(json, calibrated, slice));
        json.Objects("findings", surface.Findings, finding => FindingJson.WriteMembers(json, finding));
    }

    private static void WriteSlice(Utf8JsonWriter json, CalibratedSurface calibrated, int index)
    {
        SurfaceSlice slice = calibrated.Surface.Slices[index];
        json.WriteString("expiry", slice.Expiry.ToString());
        json.WriteNumber("T", slice.ExpiryYears);
        json.WriteNumber("forward", slice.ForwardUsd);
        json.WriteNumber("theta", slice.Svi.TotalVariance(0.0));
        json.WriteNumber("rho", slice.Svi.Rho);
        json.WriteNumber("psi", 2.0 * slice.Svi.B);
        json.Object("svi", () =>
        {
            json.WriteNumber("a", slice.Svi.A);
            json.WriteNumber("b", slice.Svi.B);
            json.WriteNumber("m", slice.Svi.M);
            json.WriteNumber("sigma", slice.Svi.Sigma);
        });
        WriteQuality(json, slice.Quality);
        json.WriteString("state", slice.State.ToString());
        json.WriteBoolean("arbitrageFree", calibrated.IsArbitrageFree(index));
    }

    // A slice without quotes of its own has no misfit, which is not the same as a misfit of zero.
    private static void WriteQuality(Utf8JsonWriter json, SliceQuality quality)
    {
        if (quality.QuoteCount == 0)
        {
            json.WriteNull("rmseVolPoints");
            json.WriteNull("shareInsideSpread");
            json.WriteNull("shareWithinOnePoint");
        }
        else
        {
            json.WriteNumber("rmseVolPoints", quality.RmseVolPoints);
            json.WriteNumber("shareInsideSpread", quality.ShareInsideSpread);
            json.WriteNumber("shareWithinOnePoint", quality.ShareWithinOnePoint);
        }

        json.WriteNumber("quotes", quality.QuoteCount);
    }
}
