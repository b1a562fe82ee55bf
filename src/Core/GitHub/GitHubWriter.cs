using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.GitHub;

/// <summary>GitHub's API with the methods that change something, in the areas that an action declared and in no other.</summary>
public sealed class GitHubWriter : GitHubClient
{
    private readonly IReadOnlyList<string> _areas;
    private readonly KnownSecrets _secrets;

    /// <param name="http">The transport.</param>
    /// <param name="runner">The repository and the API's address.</param>
    /// <param name="token">The job's token.</param>
    /// <param name="clock">The time.</param>
    /// <param name="secrets">What may not be in anything that is sent.</param>
    /// <param name="areas">Paths below the repository's address, such as <c>releases</c> or <c>git/refs</c>.</param>
    internal GitHubWriter(
        ResilientHttp http, RunnerContext runner, Secret? token, TimeProvider clock, KnownSecrets secrets, IReadOnlyList<string> areas)
        : base(http, runner, token, clock) => (_areas, _secrets) = (areas, secrets);

    // The upload host has the same path: /repos/OWNER/NAME/releases/1/assets.
    private protected override bool MayChange(Uri address)
    {
        var path = string.Join('/', address.AbsolutePath.Split("/repos/")[^1].Split('/').Skip(2));
        return _areas.Any(area => path == area || path.StartsWith(area + "/", StringComparison.Ordinal));
    }

    private protected override void Check(ApiRequest request) =>
        _secrets.Refuse($"{request.Address.OriginalString}\n{request.Body?.ToJsonString()}", $"What GitHub gets to {request.Purpose}");
}
