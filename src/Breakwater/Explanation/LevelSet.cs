using System.Collections.Immutable;

namespace Breakwater.Explanation;

/// <summary>A point of a drawing's plane.</summary>
/// <param name="X">First coordinate, in the unit of its axis.</param>
/// <param name="Y">Second coordinate, in the unit of its axis.</param>
public readonly record struct PlanePoint(double X, double Y);

/// <summary>Where a function given on a grid is at or above zero, and the border of that set.</summary>
/// <remarks>
/// Marching squares (Lorensen and Cline 1987, SIGGRAPH 21(4), in the plane): the border crosses an edge where the
/// linear interpolation of its ends is zero; a saddle is joined by the sign of the mean of its four corners. A corner
/// of exactly zero belongs to the set.
/// </remarks>
/// <param name="Xs">[x] coordinates, strictly rising; at least two.</param>
/// <param name="Ys">[y] coordinates, strictly rising; at least two.</param>
/// <param name="Values">[y × x] the function; finite.</param>
public sealed record LevelSet(ImmutableArray<double> Xs, ImmutableArray<double> Ys, ImmutableArray<double> Values)
{
    private const int Corners = 4;

    /// <summary>Whether all of the grid belongs to the set.</summary>
    public bool IsWhole => Values.All(value => value >= 0.0);

    /// <summary>Whether none of the grid belongs to it.</summary>
    public bool IsEmpty => Values.All(value => value < 0.0);

    /// <summary>The border as lines, each as long as it goes; the set lies to the left of each of its steps.</summary>
    /// <returns>Lines in order of their first cell, row by row; a closed line ends where it begins.</returns>
    public ImmutableArray<ImmutableArray<PlanePoint>> Border()
    {
        SortedDictionary<int, (int To, PlanePoint From, PlanePoint Until)> steps = [];
        SortedSet<int> entered = [];
        foreach (ImmutableArray<Vertex> part in Cells())
        {
            for (int i = 0; i < part.Length; i++)
            {
                (Vertex from, Vertex to) = (part[i], part[(i + 1) % part.Length]);
                if (from.Edge < 0 || to.Edge < 0 || from.IsEntry || !to.IsEntry) continue;
                steps.Add(from.Edge, (to.Edge, from.Point, to.Point));
                entered.Add(to.Edge);
            }
        }

        ImmutableArray<ImmutableArray<PlanePoint>>.Builder lines =
            ImmutableArray.CreateBuilder<ImmutableArray<PlanePoint>>();
        foreach (int open in steps.Keys.Where(edge => !entered.Contains(edge)).ToArray()) lines.Add(Walk(steps, open));
        while (steps.Count > 0) lines.Add(Walk(steps, steps.Keys.First()));
        return lines.ToImmutable();
    }

    /// <summary>The set as polygons, cell by cell, counter-clockwise; whole cells of a row are joined.</summary>
    public ImmutableArray<ImmutableArray<PlanePoint>> Region()
    {
        ImmutableArray<ImmutableArray<PlanePoint>>.Builder polygons =
            ImmutableArray.CreateBuilder<ImmutableArray<PlanePoint>>();
        for (int y = 0; y + 1 < Ys.Length; y++)
        {
            int whole = 0;
            for (int x = 0; x + 1 < Xs.Length; x++)
            {
                if (IsWholeCell(x, y))
                {
                    whole++;
                    continue;
                }

                if (whole > 0) polygons.Add(Rectangle(x - whole, x, y));
                whole = 0;
                polygons.AddRange(Cell(x, y).Select(part => part.Select(vertex => vertex.Point).ToImmutableArray()));
            }

            if (whole > 0) polygons.Add(Rectangle(Xs.Length - 1 - whole, Xs.Length - 1, y));
        }

        return polygons.ToImmutable();
    }

    private static ImmutableArray<PlanePoint> Walk(
        SortedDictionary<int, (int To, PlanePoint From, PlanePoint Until)> steps, int first)
    {
        ImmutableArray<PlanePoint>.Builder line = ImmutableArray.CreateBuilder<PlanePoint>();
        line.Add(steps[first].From);
        int edge = first;
        while (steps.Remove(edge, out (int To, PlanePoint From, PlanePoint Until) step))
        {
            line.Add(step.Until);
            edge = step.To;
        }

        return line.ToImmutable();
    }

    private IEnumerable<ImmutableArray<Vertex>> Cells()
    {
        for (int y = 0; y + 1 < Ys.Length; y++)
        {
            for (int x = 0; x + 1 < Xs.Length; x++)
            {
                foreach (ImmutableArray<Vertex> part in Cell(x, y)) yield return part;
            }
        }
    }

    // Corners counter-clockwise, with a vertex on every edge that the border crosses.
    private IEnumerable<ImmutableArray<Vertex>> Cell(int x, int y)
    {
        List<Vertex> around = [];
        for (int corner = 0; corner < Corners; corner++)
        {
            (int fromX, int fromY) = CornerOf(x, y, corner);
            (int toX, int toY) = CornerOf(x, y, corner + 1);
            (double from, double to) = (At(fromX, fromY), At(toX, toY));
            if (from >= 0.0) around.Add(new Vertex(new PlanePoint(Xs[fromX], Ys[fromY]), -1, false));
            if (from >= 0.0 != to >= 0.0) around.Add(Crossing((fromX, fromY), (toX, toY), to >= 0.0));
        }

        if (around.Count == 0) return [];
        bool isSaddle = around.Count(vertex => vertex.Edge >= 0) == Corners;
        double mean = 0.25 * (At(x, y) + At(x + 1, y) + At(x + 1, y + 1) + At(x, y + 1));
        return isSaddle && mean < 0.0 ? Parted(around) : [[.. around]];
    }

    // Apart: each corner of the set with the vertices before and behind it.
    private static IEnumerable<ImmutableArray<Vertex>> Parted(List<Vertex> around) =>
        Enumerable.Range(0, around.Count).Where(i => around[i].Edge < 0).Select(i => ImmutableArray.Create(
            around[(i + around.Count - 1) % around.Count], around[i], around[(i + 1) % around.Count]));

    private Vertex Crossing((int X, int Y) from, (int X, int Y) to, bool isEntry)
    {
        // Always from the lower end, so that both cells of an edge find the same bits.
        bool isForward = to.X > from.X || to.Y > from.Y;
        ((int X, int Y) low, (int X, int Y) high) = isForward ? (from, to) : (to, from);
        double atLow = At(low.X, low.Y);
        double share = atLow / (atLow - At(high.X, high.Y));
        PlanePoint point = new(
            Xs[low.X] + (share * (Xs[high.X] - Xs[low.X])), Ys[low.Y] + (share * (Ys[high.Y] - Ys[low.Y])));
        int edge = (2 * ((low.Y * Xs.Length) + low.X)) + (low.X == high.X ? 1 : 0);
        return new Vertex(point, edge, isEntry);
    }

    private static (int X, int Y) CornerOf(int x, int y, int corner) => (corner % Corners) switch
    {
        0 => (x, y),
        1 => (x + 1, y),
        2 => (x + 1, y + 1),
        _ => (x, y + 1),
    };

    private bool IsWholeCell(int x, int y) =>
        At(x, y) >= 0.0 && At(x + 1, y) >= 0.0 && At(x, y + 1) >= 0.0 && At(x + 1, y + 1) >= 0.0;

    private ImmutableArray<PlanePoint> Rectangle(int fromX, int toX, int y) =>
    [
        new(Xs[fromX], Ys[y]), new(Xs[toX], Ys[y]), new(Xs[toX], Ys[y + 1]), new(Xs[fromX], Ys[y + 1]),
    ];

    private double At(int x, int y) => Values[(y * Xs.Length) + x];

    /// <summary>A corner of a polygon: on an edge that the border crosses, or a point of the grid.</summary>
    /// <param name="Point">Where.</param>
    /// <param name="Edge">Which edge; −1 for a point of the grid.</param>
    /// <param name="IsEntry">Whether the set begins there, walking counter-clockwise.</param>
    private readonly record struct Vertex(PlanePoint Point, int Edge, bool IsEntry);
}
