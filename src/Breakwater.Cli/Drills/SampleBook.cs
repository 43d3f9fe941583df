using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Accounts;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Cli.Drills;

/// <summary>Three subaccounts on the sample market, built by commands, and what they hold as portfolio files state it.
/// </summary>
internal static class SampleBook
{
    /// <summary>Names of the subaccounts.</summary>
    public static ImmutableArray<string> Accounts { get; } = ["hedger", "maker", "writer"];

    private static readonly ImmutableArray<string> Instruments =
        ["BTC-27MAR26-60000-P", "BTC-27MAR26-80000-C", "BTC_USDC-PERPETUAL"];

    /// <summary>Members of the commands that admit, list, open and pay: before the market is valued.</summary>
    public static IEnumerable<string> Opening()
    {
        yield return "\"commandId\":\"admit\",\"kind\":\"admitAsset\",\"asset\":\"BTC\"";
        foreach (string own in Instruments)
        {
            yield return $"\"commandId\":\"list-{own}\",\"kind\":\"listInstrument\",\"instrument\":\"{own}\"";
        }

        foreach (string own in Accounts)
        {
            yield return $"\"commandId\":\"open-{own}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{own}\","
                + $"\"owner\":\"{own}\"";
            yield return Deposit(own, "USDC", "900000");
            yield return Deposit(own, "BTC", "20");
        }
    }

    /// <summary>Members of the commands that trade: when it is valued.</summary>
    public static IEnumerable<string> Trading() =>
    [
        Fill(Instruments[0], "3", "0.045", "hedger", "writer"), Fill(Instruments[1], "5", "0.031", "maker", "writer"),
        Fill(Instruments[2], "1.5", "72150.5", "maker", "hedger"),
    ];

    /// <summary>A subaccount as a portfolio file states it.</summary>
    /// <param name="view">What the engine holds.</param>
    /// <param name="account">Its name.</param>
    /// <exception cref="InvalidOperationException">There is none of the name.</exception>
    public static string Portfolio(RiskView view, string account)
    {
        Subaccount own = view.Find(account) ?? throw new InvalidOperationException($"no subaccount {account}");
        return JsonSerializer.Serialize(new
        {
            subaccount = own.Id,
            collateral = own.Collateral.Select(balance => new
            {
                asset = balance.Asset.Name,
                quantity = Text((decimal)balance.Units / PowerOfTen(DecimalsOf(view.Parameters, balance.Asset))),
            }),
            positions = own.Positions.SelectMany(position => position.Entries.Select(entry =>
                Fields(view.Parameters, position.Instrument, entry))),
        });
    }

    private static SortedDictionary<string, string> Fields(
        RiskParameters parameters, Instrument instrument, PositionEntry entry)
    {
        decimal lot = parameters.Find(instrument.Underlying)!.LotOf(instrument); // listed: governed
        SortedDictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["instrument"] = instrument.Name,
            ["quantity"] = Text((decimal)entry.Lots * lot),
        };
        if (entry.EntryPriceUsd is { } price) fields["entryPrice"] = Text(price);
        return fields;
    }

    private static int DecimalsOf(RiskParameters parameters, AssetId asset) =>
        parameters.TokenDecimalsOf(asset) ?? throw new InvalidOperationException($"{asset} is not governed");

    private static decimal PowerOfTen(int exponent)
    {
        decimal power = 1m;
        for (int step = 0; step < exponent; step++) power *= 10m;
        return power;
    }

    private static string Deposit(string account, string asset, string quantity) =>
        $"\"commandId\":\"pay-{account}-{asset}\",\"kind\":\"deposit\",\"subaccount\":\"{account}\","
        + $"\"asset\":\"{asset}\",\"quantity\":\"{quantity}\"";

    private static string Fill(string instrument, string quantity, string price, string buyer, string seller) =>
        $"\"commandId\":\"fill-{instrument}\",\"kind\":\"fill\",\"instrument\":\"{instrument}\","
        + $"\"quantity\":\"{quantity}\",\"price\":\"{price}\",\"buyer\":{{\"subaccount\":\"{buyer}\"}},"
        + $"\"seller\":{{\"subaccount\":\"{seller}\"}}";

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
