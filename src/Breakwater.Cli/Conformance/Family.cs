using System.Collections.Immutable;
using System.Text.Json;

namespace Breakwater.Cli.Conformance;

/// <summary>Cases of one shape, recognised by their inputs, and the product functions that answer them.</summary>
/// <param name="File">Id of the file they stand in.</param>
/// <param name="Inputs">Inputs every case has.</param>
/// <param name="OptionalInputs">Inputs a case may have besides.</param>
/// <param name="Answer">Calls the product.</param>
internal sealed record Family(
    string File,
    ImmutableArray<string> Inputs,
    ImmutableArray<string> OptionalInputs,
    Func<CaseInputs, Answers> Answer)
{
    // Titles and remarks: they change no result.
    private static readonly string[] Remarks = ["name", "note", "notes", "source", "sources"];

    /// <summary>Whether the case has every required input and none that is unknown.</summary>
    public bool Recognises(JsonElement inputs)
    {
        foreach (string name in Inputs)
        {
            if (!inputs.TryGetProperty(name, out _))
            {
                return false;
            }
        }

        foreach (JsonProperty input in inputs.EnumerateObject())
        {
            if (!Inputs.Contains(input.Name) && !OptionalInputs.Contains(input.Name)
                && !Remarks.Contains(input.Name, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
