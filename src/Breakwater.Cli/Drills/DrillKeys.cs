using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Server.Access;

namespace Breakwater.Cli.Drills;

/// <summary>Keys of a drill: one that builds, and one for each client, so that each has its own names of commands and
/// its own limit of requests.</summary>
/// <param name="Builder">Secret of the key that may do everything.</param>
/// <param name="Clients">Secrets of the clients' keys, which may read, trade and operate.</param>
internal sealed record DrillKeys(string Builder, ImmutableArray<string> Clients)
{
    private const string Everything = "*";

    /// <summary>Makes keys, and the file that a server reads them from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="clients">How many clients; ≥ 1.</param>
    public static DrillKeys Make(string path, int clients)
    {
        DrillKeys made = new(
            ApiKey.NewSecret(), [.. Enumerable.Range(0, clients).Select(static _ => ApiKey.NewSecret())]);
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            keys = made.Clients.Select((secret, client) => Row(NameOf(client), secret, "read", "trade", "operate"))
                .Prepend(Row("builder", made.Builder, "read", "trade", "operate", "govern")),
        }));
        return made;
    }

    /// <summary>Name of a client and of its key.</summary>
    /// <param name="client">Its number, from 0.</param>
    public static string NameOf(int client) => string.Create(CultureInfo.InvariantCulture, $"client-{client:000}");

    private static object Row(string name, string secret, params string[] scopes) => new
    {
        name,
        sha256 = Convert.ToHexStringLower(ApiKey.HashOf(secret).AsSpan()),
        scopes,
        subaccounts = (string[])[Everything],
    };
}
