using System.Text.Json;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Forecasts;

/// <summary>One printed figure of crypto-empirical.json.</summary>
/// <param name="Quantity">Its set.</param>
/// <param name="Inputs">Inputs of its case, as written.</param>
/// <param name="Field">Name of the figure.</param>
/// <param name="Expected">Its value.</param>
internal sealed record EmpiricalFigure(string Quantity, string Inputs, string Field, double Expected);

/// <summary>Reads the figures of crypto-empirical.json; skips the test where the file is absent.</summary>
internal static class CryptoEmpirical
{
    /// <summary>Every number of one set, in the order of the file.</summary>
    public static EmpiricalFigure[] Figures(string quantity)
    {
        string text = File.ReadAllText(SharedFolder.Require("reference/crypto-empirical.json"));
        using JsonDocument document = JsonDocument.Parse(text);
        return
        [
            .. from set in document.RootElement.GetProperty("sets").EnumerateArray()
               where set.GetProperty("quantity").GetString() == quantity
               from own in set.GetProperty("cases").EnumerateArray()
               let values = own.GetProperty("inputs").EnumerateObject().Select(input => $"{input.Value}")
               let inputs = string.Join(' ', values)
               from figure in own.GetProperty("expected").EnumerateObject()
               where figure.Value.ValueKind == JsonValueKind.Number
               select new EmpiricalFigure(quantity, inputs, figure.Name, figure.Value.GetDouble()),
        ];
    }
}
