using System.Net;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Support;

/// <summary>The surroundings of an action in the hostile-input tests: no network, no waiting, programs that are fakes.</summary>
public static class HostileRig
{
    /// <summary>The commands that an action may give the runner; any other was smuggled in.</summary>
    public static readonly IReadOnlySet<string> LegalCommands =
        new HashSet<string> { "error", "warning", "notice", "group", "endgroup", "add-mask" };

    /// <summary>A rig from which only loopback git is reached, and every wait is over at once.</summary>
    public static Rig Offline(Checkout checkout, HttpMessageHandler? transport = null, CancellationToken? cancellation = null) =>
        new(checkout)
        {
            Transport = transport ?? new Unreachable(),
            Clock = new HastyClock(),
            Cancellation = cancellation ?? TestContext.Current.CancellationToken,
        };

    /// <summary>The run was started by pushing this tag, wherever the checkout's HEAD is.</summary>
    public static Rig OnTagOf(this Rig rig, string tag) => rig.With("GITHUB_REF", $"refs/tags/{tag}");

    /// <summary>The commands of a log that no action gives.</summary>
    public static IEnumerable<RunnerCommand> StrayCommands(string log) =>
        RunnerModel.ReadCommands(log).Where(c => !LegalCommands.Contains(c.Name));

    /// <summary>Puts a shell script of this name before everything else on PATH.</summary>
    public static Rig WithProgram(this Rig rig, Checkout checkout, string name, string script)
    {
        var folder = checkout.Aside("programs");
        Script.Write(folder, name, script);
        return rig.With("PATH", $"{folder}:{Programs.Path}");
    }

    /// <summary>The path of the real program.</summary>
    public static string RealPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, program)).First(File.Exists);

    /// <summary>The inputs of an action that hold secrets, found by asking it.</summary>
    public static IReadOnlyList<string> SecretInputs(ReleaseAction action)
    {
        var inputs = new Inputs(name => $"value of {name}");
        action.Declare(inputs, new Outputs());
        var secrets = inputs.Secrets.Select(s => s.Reveal()).ToHashSet();
        return [.. inputs.Declarations.Select(i => i.Name).Where(n => secrets.Contains($"value of {n}")), "token"];
    }

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("there is no network here");
    }

    /// <summary>Answers every request with one body.</summary>
    public sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status)
            {
                Content = new StringContent(body), RequestMessage = request, ReasonPhrase = "::set-env name=x::y",
            });
    }

    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
