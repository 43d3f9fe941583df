namespace Breakwater.Cli;

/// <summary>What the process returns (INTERFACES 2).</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>A check failed (conformance, verify).</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 2;

    /// <summary>An input was refused; every refusal is listed.</summary>
    public const int Refused = 3;

    /// <summary>The market is unusable for what was asked; findings are listed.</summary>
    public const int MarketUnusable = 4;

    /// <summary>A defect of ours.</summary>
    public const int Defect = 70;
}
