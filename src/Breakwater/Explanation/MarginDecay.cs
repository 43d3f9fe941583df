using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>Margins some hours ahead if nothing moves: M(t + δ) of METHODOLOGY 4.5.</summary>
/// <remarks>
/// Frozen are prices, volatilities and basis as functions of time to expiry, and the scenario sets; time to expiry
/// falls. What has expired by then is no longer held. It equals a recomputation at t + δ because it is one.
/// </remarks>
/// <param name="Hours">δ, hours.</param>
/// <param name="Initial">Initial margin then.</param>
/// <param name="Maintenance">Maintenance margin then.</param>
public sealed record MarginDecay(int Hours, Money Initial, Money Maintenance)
{
    /// <summary>Hours of the schedule: 1 h, 8 h, 1 d, 7 d (METHODOLOGY 4.5), after now.</summary>
    public static ImmutableArray<int> ScheduleHours { get; } = [0, 1, 8, 24, 168];

    /// <summary>Schedule of a book.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="market">The market.</param>
    public static ImmutableArray<MarginDecay> Of(Subaccount subaccount, ExplainedMarket market)
    {
        Subaccount book = PinnedBook.Of(subaccount, market.RevalueMaintenance(BookInstruments.Of(subaccount)));
        return [.. ScheduleHours.Select(hours => At(book, market, hours))];
    }

    /// <summary>Schedule of each short option, held alone.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="market">The market.</param>
    public static ImmutableArray<(Instrument Option, ImmutableArray<MarginDecay> Schedule)> OfShortOptions(
        Subaccount subaccount, ExplainedMarket market) =>
    [
        .. SubaccountNetting.Net(subaccount).Positions
            .Where(position => position.Instrument is VanillaOption && position.Lots < 0)
            .Select(position => (
                position.Instrument, Of(new Subaccount(subaccount.Id, [], [position]), market))),
    ];

    private static MarginDecay At(Subaccount book, ExplainedMarket market, int hours)
    {
        ExplainedMarket then = MarketMove.After(market, hours);
        Subaccount held = book with
        {
            Positions = [.. book.Positions.Where(position => !IsExpired(position.Instrument, then.Market.At))],
        };
        RiskArrays arrays = then.Revalue(BookInstruments.Of(held));
        MarginReport report = PortfolioMargin.Assess(held, arrays, market.Parameters, market.Context);
        return new MarginDecay(hours, report.InitialMargin, report.MaintenanceMargin);
    }

    private static bool IsExpired(Instrument instrument, Timestamp at) => instrument switch
    {
        VanillaOption option => option.Expiry <= at,
        DatedFuture future => future.Expiry <= at,
        _ => false,
    };
}
