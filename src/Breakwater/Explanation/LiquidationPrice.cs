using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>Nearest prices of one underlying at which equity no longer covers maintenance margin, all else still.
/// </summary>
/// <remarks>Other underlyings, volatilities and the surface by moneyness stand still; margin is computed anew at the
/// moved price (docs/adr/0060).</remarks>
/// <param name="Underlying">The underlying.</param>
/// <param name="Down">Nearest such price at or below the index; <c>null</c> if there is none down to −90 %.</param>
/// <param name="Up">Nearest such price at or above the index; <c>null</c> if there is none up to +500 %.</param>
public sealed record LiquidationPrice(AssetId Underlying, Money? Down, Money? Up)
{
    private const double RatioTolerance = 1e-8; // a cent in a million dollars
    private const double RoomToleranceUsd = 0.005; // half a cent
    private const int StepsMax = 60;

    /// <summary>Binding prices of every underlying that a book depends on.</summary>
    /// <param name="book">The book, pinned.</param>
    /// <param name="profile">Its state at moved prices.</param>
    /// <param name="market">The market.</param>
    internal static ImmutableArray<LiquidationPrice> Of(
        Subaccount book, PriceProfile profile, ExplainedMarket market) =>
    [
        .. profile.Underlyings.Select((asset, index) =>
        {
            double index0 = market.Market.Find(asset)!.IndexUsd; // every underlying of a profile has a market
            ImmutableArray<PricePointState> points = profile.Points[index];
            Search search = new(book, asset, market);
            return new LiquidationPrice(
                asset,
                Price(search.Nearest([.. points.Where(point => point.Ratio <= 1.0).Reverse()]), index0),
                Price(search.Nearest([.. points.Where(point => point.Ratio >= 1.0)]), index0));
        }),
    ];

    private static Money? Price(double? ratio, double indexUsd) => ratio is { } known
        ? Money.FromMicroDollars((Int128)Math.Round(known * indexUsd * 1e6, MidpointRounding.ToEven))
        : null;

    /// <summary>Looks for the nearest price by full recomputation.</summary>
    private readonly record struct Search(Subaccount Book, AssetId Asset, ExplainedMarket Market)
    {
        /// <summary>Ratio of the first crossing along points that lead away from now.</summary>
        internal double? Nearest(ImmutableArray<PricePointState> points)
        {
            for (int next = 0; next < points.Length; next++)
            {
                if (points[next].State.Room < Money.Zero)
                {
                    return next == 0 ? 1.0 : Crossing(points[next - 1], points[next]);
                }
            }

            return null;
        }

        // Regula falsi with the Illinois step: the room is continuous and nearly straight between two points.
        private double Crossing(PricePointState inside, PricePointState outside)
        {
            (double a, double roomA) = (inside.Ratio, inside.State.Room.ToUsd());
            (double b, double roomB) = (outside.Ratio, outside.State.Room.ToUsd());
            double found = b;
            for (int step = 0; step < StepsMax && Math.Abs(b - a) > RatioTolerance; step++)
            {
                double share = step % 4 == 3 ? 0.5 : roomA / (roomA - roomB);
                found = a + (share * (b - a));
                double room = BookState.Of(Book, MarketMove.WithSpot(Market, Asset, found)).Room.ToUsd();
                if (Math.Abs(room) <= RoomToleranceUsd) return found;
                if (room >= 0.0) (a, roomA, roomB) = (found, room, 0.5 * roomB);
                else (b, roomB, roomA) = (found, room, 0.5 * roomA);
            }

            return found;
        }
    }
}
