using System.Globalization;
using System.Text;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Reports;

/// <summary>Both scenario sets as one CSV: every integer that their digests are taken of
/// (docs/methodology/scenario-seed.md).
/// </summary>
internal static class ScenariosFile
{
    /// <summary>The file; lines end with a line feed, numbers are integers, the same sets give the same
    /// bytes.</summary>
    public static string Text(ScenarioSets sets)
    {
        StringBuilder text = new("horizon,id,block,stickyStrike,weight,dampening_1e9,label");
        foreach (string name in sets.Maintenance.Layout.Names())
        {
            text.Append(CultureInfo.InvariantCulture, $",{name}_1e9");
        }

        text.Append('\n');
        Append(text, sets.Maintenance);
        Append(text, sets.Initial);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ScenarioSet set)
    {
        foreach (Scenario scenario in set.Scenarios)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{set.Horizon},{scenario.Id},{scenario.Block},{(scenario.IsStickyStrike ? 1 : 0)},{scenario.Weight},"
                    + $"{scenario.DampeningNano},\"{scenario.Label}\"");
            foreach (long value in set.Row(scenario.Id))
            {
                text.Append(CultureInfo.InvariantCulture, $",{value}");
            }

            text.Append('\n');
        }
    }
}
