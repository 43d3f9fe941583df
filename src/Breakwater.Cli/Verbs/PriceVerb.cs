using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>price --input cases.json</c>: values, Greeks and implied volatilities from plain numbers.</summary>
internal static class PriceVerb
{
    private static readonly ImmutableArray<(string Name, string Heading)> Columns =
    [
        ("impliedVol", ">implied vol, /√y"),
        ("price", ">price, $ or coin"),
        ("delta", ">delta, units"),
        ("gamma", ">gamma, /$"),
        ("vega", ">vega, per 1.00"),
        ("theta", ">theta, /y"),
        ("vanna", ">vanna"),
        ("volga", ">volga"),
        ("charm", ">charm, /y"),
        ("speed", ">speed"),
        ("zomma", ">zomma"),
        ("netCoinDelta", ">net coin delta, units"),
    ];

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "price",
            "Values and Greeks of a list of options; implied volatility where a price is given.",
            "price --input samples/prices.json");
        Option<string> input = new("--input")
        {
            Description = "File of cases: id, type, forward, strike, T, vol or price, discount, settlement.",
            HelpName = "FILE",
            Required = true,
        };
        verb.Options.Add(input);
        verb.Does((shell, parse) => Run(shell, parse.GetRequiredValue(input)));
        return verb;
    }

    private static int Run(Shell shell, string path)
    {
        Result<ImmutableArray<PriceCase>> cases = PriceCasesFile.Load(path);
        if (!cases.IsAccepted)
        {
            return Refusals.Print(shell, cases.Failures);
        }

        ImmutableArray<PricedCase> priced = [.. cases.Value.Select(PricedCase.Of)];
        if (shell.IsJson)
        {
            WriteJson(shell.Output, priced);
        }
        else
        {
            WriteTable(shell.Output, priced);
        }

        return ExitCode.Done;
    }

    private static void WriteJson(TextWriter output, ImmutableArray<PricedCase> priced) =>
        JsonOutput.Write(output, json => json.Object(() => json.Objects("cases", priced, item =>
        {
            json.WriteString("id", item.Id);
            foreach ((string name, double value) in item.Values)
            {
                json.WriteNumber(name, value);
            }

            if (item.Finding is not null)
            {
                json.WriteString("finding", item.Finding);
            }

            if (item.Refusal is not null)
            {
                json.WriteString("refusal", item.Refusal);
            }
        })));

    private static void WriteTable(TextWriter output, ImmutableArray<PricedCase> priced)
    {
        ImmutableArray<(string Name, string Heading)> shown =
            [.. Columns.Where(column => priced.Any(item => item.Values.Any(value => value.Name == column.Name)))];
        TextTable table = new(["id", .. shown.Select(column => column.Heading), "remark"]);
        foreach (PricedCase item in priced)
        {
            IEnumerable<string> cells = shown.Select(column => item.Values
                .Where(value => value.Name == column.Name)
                .Select(value => value.Value.ToString("G7", CultureInfo.InvariantCulture))
                .FirstOrDefault(string.Empty));
            table.Row(
                [item.Id, .. cells, item.Refusal is null ? item.Finding ?? string.Empty : "refused: " + item.Refusal]);
        }

        table.Write(output);
    }
}
