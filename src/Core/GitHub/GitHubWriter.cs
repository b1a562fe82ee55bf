using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Core.GitHub;

/// <summary>GitHub's API with the methods that change something. Only an action that declared it has one.</summary>
public sealed class GitHubWriter : GitHubClient
{
    internal GitHubWriter(
        ResilientHttp http, RunnerContext runner, Secret? token, TimeProvider clock) : base(http, runner, token, clock, mayWrite: true)
    {
    }
}
