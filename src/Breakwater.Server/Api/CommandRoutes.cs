using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Api;

/// <summary>Commands and questions: what clients send.</summary>
internal static class CommandRoutes
{
    /// <summary>Adds the routes.</summary>
    /// <remarks>A handler that takes nothing but the request would be taken for one that writes its own answer: hence
    /// the second argument.</remarks>
    internal static void Map(
        IEndpointRouteBuilder routes, EngineHost engine, ReportDesk reports, AnswerGate gate, ExplanationGate moves)
    {
        routes.MapPost("/v1/events", async (HttpContext context, CancellationToken _) =>
                await PostAsync(engine, Caller.KeyOf(context), await Body.ReadAsync(context.Request)))
            .WithSummary("A command, once by its commandId; answered when it is durable and decided.");
        routes.MapPost("/v1/margin/what-if", async (HttpContext context, CancellationToken cancel) =>
                await new WhatIf(engine.View, reports, gate, moves).AnswerAsync(
                    Caller.KeyOf(context), await Body.ReadAsync(context.Request), cancel))
            .Needs(Scope.Read)
            .WithSummary("Margins before and after orders, collateral changes and moves of the market.")
            .WithDescription(WhatIf.Form);
    }

    /// <summary>Decides a command, durably.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="key">Who asks.</param>
    /// <param name="body">What was sent.</param>
    internal static async Task<IResult> PostAsync(EngineHost engine, ApiKey key, Result<JsonValue> body)
    {
        if (!body.IsAccepted) return Problem.Of(body.Failures);
        Result<ClientCommand> read = CommandReading.Read(body.Value, engine.View);
        if (!read.IsAccepted) return Problem.Of(read.Failures);
        ClientCommand command = read.Value;
        if (!key.May(command.Scope)) return Caller.Forbidden(command.Scope);
        foreach (string account in command.Subaccounts)
        {
            if (!key.Sees(account)) return Problem.NotFound("subaccount", account);
        }

        string id = command.EngineIdOf(key);
        if (!engine.TrySubmit(at => command.Make(at, id), out Task<Answer> pending)) return Unavailable(engine);
        try
        {
            Answer answer = await pending.ConfigureAwait(false);
            return answer.Refusal is { } refusal
                ? Problem.Of([refusal], sequence: answer.Sequence)
                : Documents.Of(json =>
                {
                    json.WriteString("commandId", command.CommandId);
                    json.WriteNumber("sequence", answer.Sequence);
                });
        }
        catch (EngineStoppedException stopped)
        {
            return Problem.Of(new Failure(
                FailureReason.Unavailable, "the engine has stopped: whether the command is in the journal is not known",
                Value: stopped.Message, Limit: "send it again under the same commandId"));
        }
    }

    private static IResult Unavailable(EngineHost engine) => engine.Health.Stopped is { } why
        ? Problem.Of(new Failure(FailureReason.Unavailable, "the engine has stopped", Value: why))
        : Problem.Of(
            new Failure(
                FailureReason.Unavailable, "the queue of the engine is full: the command was not taken",
                Limit: $"{engine.Options.QueuedCountMax} commands"),
            StatusCodes.Status429TooManyRequests);
}
