namespace Breakwater.Books;

/// <content>Slots whose tail was surely below the worst deterministic loss, and cannot have risen to it since.
/// </content>
/// <remarks>
/// A screen that settles a slot also says what its tail is not above; Σ over holdings of lots × the most that a row has
/// moved bounds how far any loss has risen since. While both together stay below the worst deterministic loss of now,
/// which is found anew, nothing has to be screened again. Moves that were not forgotten in time cost work only.
/// </remarks>
internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    private const double Raised = 1.0 + (1.0 / (1L << 40)); // sums of 2^10 products are right to 2⁻⁴²

    // How many slots stay settled.
    private long Keep()
    {
        long kept = 0;
        for (int account = _first; account < _first + _count; account++)
        {
            int slot = _book.SlotFirst[account];
            int group = _book.AccountGroup[account];
            int groups = _book.AccountGroup[account + 1] - group;
            double whole = 0.0;
            for (int own = 0; own < groups; own++)
            {
                double rise = RiseOf(HoldingsOfGroup(group + own));
                whole += rise;
                if (groups > 1 && Keep(slot + own + 1, rise, IsSwept(account))) kept++;
            }

            if (Keep(slot, whole, IsSwept(account))) kept++;
        }

        return kept;
    }

    private bool Keep(int slot, double rise, bool isSwept)
    {
        int local = slot - _slotFirst;
        ref double most = ref _cores.TailMost[slot];
        double worst = _scratch.Worst[local] - _book.Constants[(2 * slot) + _horizon];
        double risen = most + (rise * Raised) + 1.0;
        bool isKept = isSwept && risen < worst; // false where nothing is known
        most = isKept ? risen : double.NaN;
        if (!isKept) return false;
        Settle(slot);
        _scratch.IsScreened[local] = false;
        return true;
    }

    private double RiseOf(ReadOnlySpan<Holding> holdings)
    {
        double rise = 0.0;
        foreach (ref readonly Holding own in holdings)
        {
            rise += own.Minus * (own.Minus > 0.0 ? _arrays.RiseOf(own.Row) : _arrays.FallOf(own.Row));
        }

        return rise;
    }

    // The worst deterministic loss is the core.
    private void Settle(int slot)
    {
        int local = slot - _slotFirst;
        _cores.AmountsToFill[slot] = _scratch.Worst[local];
        _cores.BindingsToFill[slot] = SlotBinding.Scenario;
        _scratch.Cuts[local] = double.PositiveInfinity;
        _scratch.IsSettled[local] = true;
    }
}
