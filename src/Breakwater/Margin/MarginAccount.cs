using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>A netted subaccount in integers, with everything its margin is made of.</summary>
/// <param name="Netted">The subaccount in canonical form.</param>
/// <param name="Exposures">Positions, then collateral.</param>
/// <param name="Orders">Resting orders that count, in canonical order.</param>
/// <param name="Arrays">Risk arrays with a row for everything held or ordered.</param>
/// <param name="Parameters">Governed constants.</param>
/// <param name="Haircuts">Haircuts of the collateral, in order of balance.</param>
internal sealed record MarginAccount(
    Subaccount Netted,
    ImmutableArray<Exposure> Exposures,
    ImmutableArray<OrderExposure> Orders,
    RiskArrays Arrays,
    RiskParameters Parameters,
    ImmutableArray<BalanceHaircut> Haircuts)
{
    /// <summary>What the cores of all accounts in its scenario sets share; <c>null</c>: it is made where it is needed.
    /// </summary>
    internal CoreBasis? Cores { get; init; }

    /// <summary>Basis of the cores at one horizon.</summary>
    /// <param name="horizon">Which.</param>
    internal TailBasis BasisOf(MarginHorizon horizon) => Cores?.Of(horizon) ?? TailBasis.Of(
        horizon == MarginHorizon.Maintenance ? Arrays.Scenarios.Maintenance : Arrays.Scenarios.Initial,
        Parameters.Margin);

    /// <summary>The account of a netted, admitted subaccount.</summary>
    internal static MarginAccount Of(
        Subaccount netted, RiskArrays arrays, RiskParameters parameters, ProtocolHoldings protocol,
        CoreBasis? cores = null)
    {
        ImmutableArray<BalanceHaircut> haircuts =
            CollateralHaircuts.Of(netted.Collateral, arrays, parameters, protocol);
        return new MarginAccount(
            netted,
            [
                .. netted.Positions.Select(position => PositionExposure.Of(position, arrays, parameters)),
                .. CollateralExposure.Of(netted.Collateral, haircuts, arrays, parameters),
            ],
            [
                .. netted.Orders.Where(order => !order.IsReduceOnly)
                    .Select(order => OrderExposure.Of(order, arrays, parameters)),
            ],
            arrays,
            parameters,
            haircuts)
        {
            Cores = cores,
        };
    }

    /// <summary>Underlying that an exposure moves with; the numeraire if nothing moves it.</summary>
    /// <param name="exposureIndex">Index in <see cref="Exposures"/>.</param>
    internal AssetId UnderlyingOf(int exposureIndex) => exposureIndex < Netted.Positions.Length
        ? Netted.Positions[exposureIndex].Instrument.Underlying
        : Parameters.MovedBy(Netted.Collateral[exposureIndex - Netted.Positions.Length].Asset) ?? AssetId.Numeraire;

    /// <summary>Whether every scenario takes the same from it as from another one of the same subaccount.</summary>
    /// <param name="other">Of arrays with the same entries and perhaps other terms.</param>
    internal bool LosesLike(MarginAccount other)
    {
        for (int index = 0; index < Exposures.Length; index++)
        {
            (Exposure own, Exposure its) = (Exposures[index], other.Exposures[index]);
            if (own.FundingMaintenance != its.FundingMaintenance || own.FundingInitial != its.FundingInitial
                || !own.Legs.AsSpan().SequenceEqual(its.Legs.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Underlyings of positions, orders and moving collateral, in order.</summary>
    internal ImmutableArray<AssetId> Underlyings =>
    [
        .. Enumerable.Range(0, Exposures.Length).Where(index => !Exposures[index].Legs.IsEmpty).Select(UnderlyingOf)
            .Concat(Orders.Select(order => order.Order.Instrument.Underlying)).Distinct().Order(),
    ];
}
