using System.Collections.Immutable;

namespace Breakwater.Scenarios;

/// <summary>Order in which a Brownian path on whole hours is filled: coarse first, so that few Sobol dimensions carry
/// most of its variance.</summary>
/// <remarks>Source: Glasserman (2003), Monte Carlo Methods in Financial Engineering, section 3.1.1.</remarks>
/// <param name="Nodes">Nodes in the order they are filled.</param>
internal sealed record BrownianBridge(ImmutableArray<BridgeNode> Nodes)
{
    /// <summary>Bridge over the hours 1 … max; the ends of the horizons come first, longest first, then midpoints.
    /// </summary>
    /// <param name="horizons">Horizons in hours; ≥ 1.</param>
    public static BrownianBridge Over(IEnumerable<int> horizons)
    {
        int[] ends = [.. horizons.Distinct().OrderDescending()];
        SortedSet<int> known = [0];
        ImmutableArray<BridgeNode>.Builder nodes = ImmutableArray.CreateBuilder<BridgeNode>(ends[0]);
        foreach (int end in ends)
        {
            Add(nodes, known, end);
        }

        while (known.Count <= ends[0])
        {
            int[] hours = [.. known];
            int widest = 1;
            for (int index = 2; index < hours.Length; index++)
            {
                widest = hours[index] - hours[index - 1] > hours[widest] - hours[widest - 1] ? index : widest;
            }

            Add(nodes, known, (hours[widest] + hours[widest - 1]) / 2);
        }

        return new BrownianBridge(nodes.ToImmutable());
    }

    /// <summary>Fills a path from normal numbers, one per node.</summary>
    /// <param name="normals">[node] standard normal numbers in the order of the nodes; not modified.</param>
    /// <param name="path">[hours + 1] Brownian path, entry 0 is 0.</param>
    public void Fill(ReadOnlySpan<double> normals, Span<double> path)
    {
        path[0] = 0d;
        for (int index = 0; index < Nodes.Length; index++)
        {
            BridgeNode node = Nodes[index];
            double mean = node.Right < 0
                ? path[node.Left]
                : path[node.Left] + (node.RightWeight * (path[node.Right] - path[node.Left]));
            path[node.Hour] = mean + (node.Deviation * normals[index]);
        }
    }

    private static void Add(ImmutableArray<BridgeNode>.Builder nodes, SortedSet<int> known, int hour)
    {
        int left = known.GetViewBetween(0, hour).Max;
        bool isBetween = known.Max > hour;
        int right = isBetween ? known.GetViewBetween(hour, known.Max).Min : -1;
        double before = hour - left;
        double span = right - left;
        nodes.Add(isBetween
            ? new BridgeNode(hour, left, right, before / span, Math.Sqrt(before * (right - hour) / span))
            : new BridgeNode(hour, left, -1, 0d, Math.Sqrt(before)));
        known.Add(hour);
    }
}

/// <summary>One point of a bridge, given its known neighbours.</summary>
/// <param name="Hour">Hour of the point.</param>
/// <param name="Left">Known hour before it.</param>
/// <param name="Right">Known hour after it; −1 if there is none.</param>
/// <param name="RightWeight">Weight of the right neighbour.</param>
/// <param name="Deviation">Standard deviation given its neighbours.</param>
internal readonly record struct BridgeNode(int Hour, int Left, int Right, double RightWeight, double Deviation);
