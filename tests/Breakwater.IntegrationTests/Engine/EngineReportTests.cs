using System.Globalization;
using System.Text.Json;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Cli;
using Breakwater.Engine;
using Breakwater.Engine.Snapshots;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Parameters;

namespace Breakwater.IntegrationTests.Engine;

/// <summary>The engine on the shipped sample market, taken in event by event, against the command on its files.
/// </summary>
public sealed class EngineReportTests
{
    private const string Account = "desk-1";
    private const string Other = "street";

    private static readonly RiskParameters Parameters = ParameterFile.LoadNewestShipped().Value;

    private static readonly (string Instrument, int Lots, string Price)[] Trades =
    [
        ("BTC-27MAR26-80000-C", -100, "0.031"), ("BTC-27MAR26-90000-C", 100, "0.012"),
        ("BTC-27MAR26-60000-P", -50, "0.045"), ("BTC_USDC-PERPETUAL", 15_000, "72150.5"),
        ("ETH-27MAR26-2600-C", -20, "0.021"),
    ];

    [Fact]
    public void One_portfolio_has_one_report_by_files_and_by_events_to_the_last_bit()
    {
        RiskState state = Run(SampleEvents.Of(Timestamp.Parse(MarginArguments.At), Accounts()));
        RiskView view = new(state);
        using TemporaryFolder folder = new();
        string portfolio = folder.Write("portfolio.json", Text(view.Find(Account)!));
        CommandRun run = CommandRun.Of([.. MarginArguments.Of(portfolio), "--json"]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        JsonElement digests = JsonDocument.Parse(run.Output).RootElement.GetProperty("digests");
        var own = view.Report(Account).Value.Digests;
        Assert.Equal(digests.GetProperty("market").GetString(), own.Market.ToString());
        Assert.Equal(digests.GetProperty("scenarios").GetString(), own.Scenarios.ToString());
        Assert.Equal(digests.GetProperty("portfolio").GetString(), own.Portfolio.ToString());
        Assert.Equal(digests.GetProperty("report").GetString(), own.Report.ToString());
        RiskState restored = RiskStateSnapshot.Decode(RiskStateSnapshot.Encode(state).AsSpan()).Value;
        Assert.Equal(own, new RiskView(restored).Report(Account).Value.Digests);
        var standing = state.StandingOf(Account)!;
        var margin = view.Report(Account).Value.Margin;
        Assert.Equal(
            (margin.Equity, margin.InitialMargin, margin.MaintenanceMargin, margin.Stage),
            (standing.Computed.Equity, standing.Computed.Initial, standing.Computed.Maintenance, standing.Stage));
    }

    private static RiskState Run(IEnumerable<RiskEvent> events)
    {
        RiskEngine engine = new();
        RiskState state = RiskState.Start(Parameters);
        foreach (RiskEvent happened in events)
        {
            RiskOutcome outcome = engine.Apply(
                state, RiskEventEncoding.Decode(RiskEventEncoding.Encode(happened).AsSpan()).Value);
            Assert.DoesNotContain(outcome.Effects, static own =>
                own is Effect.EventRefused or Effect.MarketUnusable or Effect.CommandDecided { Refusal: not null });
            state = outcome.State;
        }

        return state;
    }

    private static IEnumerable<LedgerTransition> Accounts()
    {
        Timestamp at = Timestamp.Parse(MarginArguments.At);
        foreach (string asset in (string[])["BTC", "ETH"])
        {
            yield return new LedgerTransition.AssetAdmission(
                at, AssetId.Of(asset), Parameters.TokenDecimalsOf(AssetId.Of(asset))!.Value);
        }

        foreach ((string name, _, _) in Trades)
        {
            Instrument instrument = InstrumentName.Parse(name);
            yield return new LedgerTransition.InstrumentListing(
                at, instrument, Parameters.Find(instrument.Underlying)!.LotOf(instrument));
        }

        foreach (string account in (string[])[Account, Other])
        {
            yield return new LedgerTransition.AccountOpening(at, account, account);
            yield return new LedgerTransition.Deposit(at, account, AssetId.Numeraire, Place.Home, 900_000_000_000);
            yield return new LedgerTransition.Deposit(
                at, account, AssetId.Of("BTC"), Place.Home, 50_0000_0000);
            yield return new LedgerTransition.Deposit(
                at, account, AssetId.Of("ETH"), new Place("arbitrum", BridgeClass.Canonical),
                20 * DecimalParts.PowerOfTen(18));
            yield return new LedgerTransition.Deposit(
                at, account, AssetId.Of("ETH"), Place.Home, 3 * DecimalParts.PowerOfTen(18));
        }

        foreach ((string name, int lots, string price) in Trades)
        {
            FillSide own = new(Account, new Mandate.Party(Account), 0);
            FillSide other = new(Other, new Mandate.Party(Other), 0);
            yield return new LedgerTransition.Fill(
                at, InstrumentName.Parse(name), Math.Abs(lots), decimal.Parse(price, CultureInfo.InvariantCulture),
                lots > 0 ? own : other, lots > 0 ? other : own);
        }
    }

    // The portfolio as a file states it.
    private static string Text(Subaccount own) => JsonSerializer.Serialize(new
    {
        subaccount = own.Id,
        collateral = own.Collateral.Select(balance => Fields(
            ("asset", balance.Asset.Name),
            ("quantity", Units(balance.Units, DecimalsOf(balance.Asset))),
            ("chain", balance.Chain),
            ("bridge", BridgeOf(balance.Bridge)))),
        positions = own.Positions.SelectMany(position => position.Entries.Select(entry => Fields(
            ("instrument", position.Instrument.Name),
            ("quantity", ((decimal)entry.Lots * Parameters.Find(position.Instrument.Underlying)!
                .LotOf(position.Instrument)).ToString(CultureInfo.InvariantCulture)),
            ("entryPrice", entry.EntryPriceUsd?.ToString(CultureInfo.InvariantCulture) ?? string.Empty)))),
    });

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) =>
        fields.Where(static own => own.Value.Length > 0).ToDictionary(static own => own.Name, static own => own.Value);

    private static int DecimalsOf(AssetId asset) =>
        asset == AssetId.Numeraire ? LedgerLimits.NumeraireDecimals : Parameters.TokenDecimalsOf(asset)!.Value;

    private static string Units(Int128 units, int decimals)
    {
        (Int128 whole, Int128 rest) = Int128.DivRem(units, DecimalParts.PowerOfTen(decimals));
        return $"{whole}.{rest.ToString($"D{decimals}", CultureInfo.InvariantCulture)}";
    }

    private static string BridgeOf(BridgeClass bridge) =>
        bridge == BridgeClass.Canonical ? "canonical" : string.Empty;
}
