using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Runs a command that asks a server, against a small one that is started for it.</summary>
internal static class ServedCommand
{
    /// <summary>Runs it: what follows <c>--address</c> and <c>--key</c> becomes that of the server.</summary>
    /// <param name="folder">Folder for the server's journal.</param>
    /// <param name="arguments">What stands after <c>breakwater</c>.</param>
    internal static async Task<CommandRun> RunAsync(string folder, params string[] arguments)
    {
        await using ServedMarket market = await ServedMarket.StartAsync(Path.Combine(folder, "served"));
        await ServedBook.BuildAsync(market);
        return Run(market, arguments);
    }

    /// <summary>Runs it against a server that stands.</summary>
    internal static CommandRun Run(ServedMarket market, params string[] arguments)
    {
        string[] told = [.. arguments];
        told[Array.IndexOf(told, "--address") + 1] = market.Address.ToString();
        told[Array.IndexOf(told, "--key") + 1] =
            ServedMarket.Keys.First(static own => own.Key.Name == "operator").Secret;
        return CommandRun.Of(told);
    }
}
