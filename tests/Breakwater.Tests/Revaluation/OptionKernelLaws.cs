using System.Runtime.Intrinsics;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Pricing;
using Breakwater.Revaluation;

namespace Breakwater.Tests.Revaluation;

public sealed class OptionKernelLaws
{
    private const int Count = 4_096;
    private const double StrikeUsd = 65_000.0;
    private const double PriceTolerance = 4e-16; // of min(F, K): a few roundings, no cancellation counted twice

    private static readonly double[] Forwards = new double[Count];
    private static readonly double[] Spots = new double[Count];
    private static readonly double[] LogMoneyness = new double[Count];
    private static readonly double[] Deviations = new double[Count];

    static OptionKernelLaws()
    {
        Random random = new(3);
        for (int i = 0; i < Count; i++)
        {
            Forwards[i] = i % 97 == 0 ? StrikeUsd : StrikeUsd * Math.Exp(2.0 * random.NextDouble() - 1.0);
            Spots[i] = Forwards[i] * (1.0 + 0.02 * (random.NextDouble() - 0.5));
            LogMoneyness[i] = Math.Log(StrikeUsd / Forwards[i]);
            Deviations[i] = i % 13 == 0 ? 0.0 : Math.Pow(10.0, 8.0 * random.NextDouble() - 7.0);
        }
    }

    [Theory]
    [InlineData(OptionRight.Call, true)]
    [InlineData(OptionRight.Put, true)]
    [InlineData(OptionRight.Call, false)]
    [InlineData(OptionRight.Put, false)]
    public void INV_M6_Every_vector_width_gives_the_same_bits(OptionRight right, bool isLinear)
    {
        double[] scalar = Filled<ScalarLanes, double>(right, isLinear);

        Assert.Equal(scalar, Filled<Vector256Lanes, Vector256<double>>(right, isLinear));
        Assert.Equal(scalar, Filled<Vector512Lanes, Vector512<double>>(right, isLinear));
        Assert.Equal(scalar, Dispatched(right, isLinear));
    }

    [Theory]
    [InlineData(OptionRight.Call)]
    [InlineData(OptionRight.Put)]
    public void The_kernel_agrees_with_the_accurate_price(OptionRight right)
    {
        double[] pnl = Dispatched(right, isLinear: true);
        for (int i = 0; i < Count; i++)
        {
            double price = Black76.Value(right, Forwards[i], StrikeUsd, Deviations[i] * Deviations[i]);
            double tolerance = PriceTolerance * (Math.Min(Forwards[i], StrikeUsd) + price);
            Assert.InRange(pnl[i] - price, -tolerance, tolerance);
        }
    }

    private static ExpiryLeg Leg(OptionRight right, bool isLinear) =>
        new(0, right == OptionRight.Call ? ExpiryLegKind.Call : ExpiryLegKind.Put, isLinear, 1.0, StrikeUsd, 0.0);

    private static double[] Filled<TLanes, TVector>(OptionRight right, bool isLinear)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        double[] pnl = new double[Count];
        OptionKernel.Columns columns = new(Forwards, Spots, LogMoneyness, Deviations, pnl);
        Assert.Equal(Count, OptionKernel.Fill<TLanes, TVector>(Leg(right, isLinear), 1.0, 0.0, columns, 0));
        return pnl;
    }

    private static double[] Dispatched(OptionRight right, bool isLinear)
    {
        double[] pnl = new double[Count];
        OptionKernel.Fill(Leg(right, isLinear), 1.0, 0.0, new(Forwards, Spots, LogMoneyness, Deviations, pnl));
        return pnl;
    }
}
