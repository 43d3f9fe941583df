using System.Globalization;

namespace Breakwater.BrowserTests;

/// <summary>A stream of very many subaccounts, made inside the page so that only the page is measured: each of them
/// changes at every beat.</summary>
internal static class Crowd
{
    /// <summary>Script that stands in for the stream of the server; the rest of the API is the server's.</summary>
    /// <param name="count">Subaccounts.</param>
    /// <param name="beatMilliseconds">Time between changes of all of them.</param>
    internal static string Script(int count, int beatMilliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {
          const real = window.fetch;
          const encoder = new TextEncoder();
          let beat = 0;
          const everybody = () => {
            beat += 1;
            const lines = [];
            for (let own = 0; own < {{count}}; own += 1) {
              const maintenance = 1000 + (own * 37 + beat * 11) % 9000;
              const equity = (maintenance * (80 + (own * 13 + beat) % 400)) / 100;
              const stage = equity < maintenance ? 'Deleverage' : equity < 1.5 * maintenance ? 'Warning' : 'Healthy';
              const told = {
                subaccount: `crowd-${String(own).padStart(6, '0')}`, stage, equity: equity.toFixed(6),
                initialMargin: (1.5 * maintenance).toFixed(6), maintenanceMargin: maintenance.toFixed(6),
                initialInEffect: (1.5 * maintenance).toFixed(6), maintenanceInEffect: maintenance.toFixed(6),
              };
              lines.push(`id: ${beat}.${own}\nevent: margin\ndata: ${JSON.stringify(told)}\n\n`);
            }
            return encoder.encode(lines.join(''));
          };
          window.fetch = (address, request) => !String(address).startsWith('/v1/stream') ? real(address, request)
            : Promise.resolve(new Response(new ReadableStream({
              start(controller) {
                controller.enqueue(everybody());
                const timer = setInterval(() => controller.enqueue(everybody()), {{beatMilliseconds}});
                request.signal.addEventListener('abort', () => clearInterval(timer));
              },
            }), { status: 200, headers: { 'Content-Type': 'text/event-stream' } }));
        }
        """);
}
