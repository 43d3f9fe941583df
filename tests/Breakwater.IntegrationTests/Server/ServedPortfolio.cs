using System.Globalization;
using System.Text.Json;
using Breakwater.Accounts;
using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A subaccount of a server as a portfolio file of the command states it.</summary>
internal static class ServedPortfolio
{
    /// <summary>Text of the file.</summary>
    /// <param name="market">The server.</param>
    /// <param name="account">Name of the subaccount.</param>
    internal static string Text(ServedMarket market, string account)
    {
        Subaccount own = market.Engine.View.Find(account)!; // the tests name what they opened
        return JsonSerializer.Serialize(new
        {
            subaccount = own.Id,
            collateral = own.Collateral.Select(static balance => new
            {
                asset = balance.Asset.Name,
                quantity = ((decimal)balance.Units
                    / (balance.Asset == AssetId.Numeraire ? 1_000_000m : 100_000_000m)).ToString(
                        CultureInfo.InvariantCulture),
            }),
            positions = own.Positions.SelectMany(position => position.Entries.Select(entry => Fields(
                ("instrument", position.Instrument.Name),
                ("quantity", ((decimal)entry.Lots * market.Engine.View.Parameters.Find(position.Instrument.Underlying)!
                    .LotOf(position.Instrument)).ToString(CultureInfo.InvariantCulture)),
                ("entryPrice", entry.EntryPriceUsd?.ToString(CultureInfo.InvariantCulture) ?? string.Empty)))),
        });
    }

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) =>
        fields.Where(static own => own.Value.Length > 0).ToDictionary(static own => own.Name, static own => own.Value);
}
