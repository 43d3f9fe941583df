using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Books;

/// <content>Slots whose worst deterministic loss is surely beyond their tail, found in single precision.</content>
/// <remarks>
/// For every t: ES ≤ t + Σ weight·(loss − t)⁺ ÷ mass (Rockafellar, Uryasev 2002, theorem 10). With losses bounded from
/// above that is a certificate: if it stays below the worst deterministic loss, the tail is not needed. Most short
/// books end here. Of two times one is summed, the other is no further above it than their difference in the tile.
/// </remarks>
internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    private const double FirstShare = 0.9; // of the worst loss: the first t
    private const double HighestShare = 1.0 - (1.0 / 32.0);
    private const double LowestShare = 0.25;
    private const double LoweredGaps = 2.0; // of the distance from t to the worst loss
    private const int ScreenRounds = 3;
    private const double LeftShare = 1.0 / 8.0; // of the distance from t to the worst loss: for ticks without a screen
    private const double Rounded = 1.0 - (1.0 / (1L << 14)); // a sum of 2^10 singles is right to 2⁻¹⁴
    private const double Lowered = 1.0 / (1L << 20); // a double as a single that is not greater, and its differences

    // How many slots it settles.
    private long Screen()
    {
        if (_arrays.Screen is null) return 0;
        long settled = 0;
        for (int account = _first; account < _first + _count; account++)
        {
            int slot = _book.SlotFirst[account];
            _scratch.Screens.AsSpan(slot - _slotFirst, _book.SlotFirst[account + 1] - slot).Fill(ScreenSums.None);
            if (IsSwept(account)) BeginScreen(account);
        }

        for (int round = 0; round < ScreenRounds && FindScreenTiles(); round++)
        {
            for (int tile = 0; tile < _scratch.CountOfTile.Length; tile++)
            {
                if (_scratch.ScreenCountOfTile[tile] > 0) ScreenTile(tile);
            }

            for (int slot = _slotFirst; slot < _book.SlotFirst[_first + _count]; slot++)
            {
                if (_scratch.Screens[slot - _slotFirst].IsAsked && ConcludeScreen(slot)) settled++;
            }
        }

        return settled;
    }

    // Chooses t of every slot.
    private void BeginScreen(int account)
    {
        int group = _book.AccountGroup[account];
        int groups = _book.AccountGroup[account + 1] - group;
        int slot = _book.SlotFirst[account] - _slotFirst;
        double gross = 0.0;
        for (int own = 0; own < groups; own++)
        {
            ReadOnlySpan<Holding> holdings = HoldingsOfGroup(group + own);
            double ofGroup = TailGross(holdings);
            gross += ofGroup;
            if (groups > 1) BeginScreenOf(slot + own + 1, ScreenArrays.ErrorOf(ofGroup, holdings.Length));
        }

        // The sum over underlyings is rounded once more for each.
        BeginScreenOf(slot, ScreenArrays.ErrorOf(gross, HoldingsOf(account).Length + groups));
    }

    private double TailGross(ReadOnlySpan<Holding> holdings)
    {
        double gross = 0.0;
        foreach (ref readonly Holding own in holdings)
        {
            gross += Math.Abs(own.Minus) * _screen.Greatest(own.Row);
        }

        return gross;
    }

    private void BeginScreenOf(int slot, double error)
    {
        double constant = _book.Constants[(2 * (slot + _slotFirst)) + _horizon];
        double worst = _scratch.Worst[slot] - constant;
        if (!(worst > 0.0) || !_scratch.IsScreened[slot]) return;
        double cut = _scratch.Cuts[slot];
        double from = cut >= LowestShare * worst ? Math.Min(cut, HighestShare * worst) : FirstShare * worst;
        if (!(worst - 1.0 > from)) return;
        _scratch.Screens[slot] = new ScreenSums(
            from, Below(from - error), Below(LevelOf(worst, from) - error), error);
    }

    // What value at risk is shown to stay below: so much below the worst loss that some ticks need no screen.
    private static double LevelOf(double worst, double from) => worst - ((worst - from) * LeftShare);

    private static float Below(double limit) => (float)(limit - (Math.Abs(limit) * Lowered));

    // Tiles that have to be looked at; false if there are none.
    private bool FindScreenTiles()
    {
        Array.Clear(_scratch.ScreenCountOfTile);
        Array.Clear(_scratch.SlackCountOfTile);
        bool isAny = false;
        for (int account = _first; account < _first + _count; account++)
        {
            if (!IsAsked(account)) continue;
            FindScreenTiles(account);
            isAny = true;
        }

        return isAny;
    }

    private bool IsAsked(int account)
    {
        bool isAsked = false;
        for (int slot = _book.SlotFirst[account]; slot < _book.SlotFirst[account + 1]; slot++)
        {
            isAsked |= _scratch.Screens[slot - _slotFirst].IsAsked;
        }

        return isAsked;
    }

    // Tiles whose bounds reach a cut, the time that is summed there for each underlying, and how far the other may lie
    // above it: negative where the first time is summed.
    private void FindScreenTiles(int account)
    {
        int group = _book.AccountGroup[account];
        int groups = _book.AccountGroup[account + 1] - group;
        int slot = _book.SlotFirst[account] - _slotFirst;
        int tiles = _scratch.CountOfTile.Length;
        for (int tile = 0; tile < tiles; tile += ScreenKernel.Lanes)
        {
            uint alive = ScreenAlive(group, groups, slot, tile);
            if (tiles - tile < ScreenKernel.Lanes) alive &= (1u << (tiles - tile)) - 1;
            if (alive == 0) continue;
            if (_times == 2) FindDifferences(group, groups, tile);
            for (; alive != 0; alive &= alive - 1)
            {
                int lane = BitOperations.TrailingZeroCount(alive);
                int own = tile + lane;
                _scratch.ScreenAccounts[(own * _scratch.BlockAccounts) + _scratch.ScreenCountOfTile[own]++] =
                    account - _first;
                int at = (own * _scratch.SlackStride) + _scratch.SlackCountOfTile[own];
                _scratch.SlackCountOfTile[own] += groups;
                for (int g = 0; g < groups; g++)
                {
                    _scratch.Slacks[at + g] = SlackOf((g * ScreenKernel.Lanes) + lane);
                }
            }
        }
    }

    private uint ScreenAlive(int group, int groups, int slot, int tile)
    {
        ref float bounds = ref Unsafe.Add(ref _screen.Bounds, tile);
        Vector512<float> whole = Vector512<float>.Zero;
        ulong alive = 0;
        for (int own = 0; own < groups; own++)
        {
            Vector512<float> bound = ScreenKernel.MostOf(
                NarrowOfGroup(group + own), ref bounds, _screen.BoundStride, _screen.SideStride);
            whole += bound;
            if (groups > 1) alive |= AtLeast(bound, _scratch.Screens[slot + own + 1].Cut);
        }

        return (uint)(alive | AtLeast(whole, _scratch.Screens[slot].Cut));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AtLeast(Vector512<float> bound, float cut) =>
        Vector512.GreaterThanOrEqual(bound, Vector512.Create(cut)).ExtractMostSignificantBits();

    private ReadOnlySpan<NarrowHolding> NarrowOfGroup(int group) =>
        _book.NarrowHoldings[_book.GroupFirst[group].._book.GroupFirst[group + 1]];

    // How far losses of the first time may lie above and below those of the second, by underlying and tile.
    private void FindDifferences(int group, int groups, int tile)
    {
        ref float differences = ref Unsafe.Add(ref _screen.Bounds, tile + (2 * _screen.SideStride));
        for (int own = 0; own < groups; own++)
        {
            (Vector512<float> most, Vector512<float> least) = ScreenKernel.BoundsOf(
                NarrowOfGroup(group + own), ref differences, _screen.BoundStride, _screen.SideStride);
            most.StoreUnsafe(ref _scratch.DifferenceMost[own * ScreenKernel.Lanes]);
            least.StoreUnsafe(ref _scratch.DifferenceLeast[own * ScreenKernel.Lanes]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float SlackOf(int lane)
    {
        if (_times == 1) return 0.0f;
        float ofSecond = Math.Max(_scratch.DifferenceMost[lane], 0.0f);
        float ofFirst = Math.Max(-_scratch.DifferenceLeast[lane], 0.0f);
        return ofFirst < ofSecond ? -ofFirst : ofSecond;
    }

    private void ScreenTile(int tile)
    {
        ReadOnlySpan<int> accounts = _scratch.ScreenAccounts.AsSpan(
            tile * _scratch.BlockAccounts, _scratch.ScreenCountOfTile[tile]);
        if (accounts.Length > _arrays.RowCount) _ = _screen.Touch(tile);
        ref float weights = ref _scratch.ScreenWeights[tile * ScenarioTiling.TileSize];
        ref float slack = ref _scratch.Slacks[tile * _scratch.SlackStride];
        foreach (int local in accounts)
        {
            int group = _book.AccountGroup[_first + local];
            int groups = _book.AccountGroup[_first + local + 1] - group;
            int slot = _book.SlotFirst[_first + local] - _slotFirst;
            ScreenAccount(group, groups, slot, ref _screen.Tile(tile), ref slack, ref weights);
            slack = ref Unsafe.Add(ref slack, groups);
        }
    }

    private void ScreenAccount(int group, int groups, int slot, ref float numbers, ref float slacks, ref float weights)
    {
        ScreenKernel whole = default;
        float slackOfWhole = 0.0f;
        for (int own = 0; own < groups; own++)
        {
            float slack = Unsafe.Add(ref slacks, own);
            int time = float.IsNegative(slack) ? 0 : _times - 1;
            ScreenKernel losses = ScreenKernel.Of(
                NarrowOfGroup(group + own), ref Unsafe.Add(ref numbers, time * ScenarioTiling.TileSize),
                _screen.RowStride);
            slack = Math.Abs(slack);
            slackOfWhole += slack;
            if (groups > 1)
            {
                Add(losses, ref _scratch.Screens[slot + own + 1], slack, ref weights);
            }

            whole = own == 0 ? losses : whole.Plus(losses);
        }

        Add(whole, ref _scratch.Screens[slot], slackOfWhole, ref weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(in ScreenKernel losses, ref ScreenSums sums, float slack, ref float weights) =>
        losses.AddTo(ref sums, sums.Cut - slack, sums.Worst - slack, ref weights);

    // Expected shortfall stays below the worst loss if Σ weight·(loss − t)⁺ ≤ mass·(worst − 1 − t), value at risk if no
    // more than its mass reaches a level below the worst.
    private bool ConcludeScreen(int slot)
    {
        int local = slot - _slotFirst;
        double constant = _book.Constants[(2 * slot) + _horizon];
        double worst = _scratch.Worst[local] - constant;
        ref readonly ScreenSums sums = ref _scratch.Screens[local];
        double from = sums.From;
        double share = sums.Excess * _masses.Unit / (_masses.Shortfall * (worst - 1.0 - from) * Rounded);
        if (!(share <= 1.0) || sums.Beyond * _masses.Unit > _masses.ValueAtRisk * Rounded)
        {
            Lower(local, worst, sums);
            return false;
        }

        double gap = worst - from;
        double next = share < 0.5 ? from + (gap / 4.0) : share > 0.8 ? from - (gap / 2.0) : from;
        _cores.Thresholds[slot] = constant + Math.Min(next, HighestShare * worst);
        _cores.TailMost[slot] = 1.0 + Math.Max(from + (gap * share), LevelOf(worst, from));
        Settle(slot);
        _scratch.Screens[local] = ScreenSums.None;
        return true;
    }

    // Nearer to the tail's boundary the certificate is sharper and dearer.
    private void Lower(int slot, double worst, in ScreenSums sums)
    {
        double from = sums.From - (LoweredGaps * (worst - sums.From));
        bool isBeyond = sums.Beyond * _masses.Unit > _masses.ValueAtRisk;
        _scratch.Cuts[slot] = double.NegativeInfinity;
        _scratch.Screens[slot] = isBeyond || from < LowestShare * worst
            ? ScreenSums.None
            : new ScreenSums(
                from, Below(from - sums.Error), Below(LevelOf(worst, from) - sums.Error), sums.Error);
    }
}
