namespace ReleaseActions.Rehearse;

/// <summary>The secrets of the rehearsed job; worth something in the sandbox alone.</summary>
/// <param name="Token">The job's token.</param>
/// <param name="RegistryPassword">What the sandbox's registry wants, as GitHub's own takes the job's token; null for a real registry.</param>
/// <param name="TeamToken">What the sandbox shows the organisation's teams for.</param>
/// <param name="SigningKey">A key made for the rehearsal and its password; null where cosign is not there.</param>
internal sealed record JobSecrets(string Token, string? RegistryPassword, string TeamToken, (string Pem, string Password)? SigningKey)
{
    /// <summary>The inputs that a workflow would fill in from its secrets.</summary>
    public IEnumerable<(string Input, string Value)> Of(RehearsalStep step)
    {
        yield return ("token", Token);
        if (step.Action == "version-validate") yield return ("team-token", TeamToken);
        if (step.Inputs.ContainsKey("registry") && RegistryPassword is not null) yield return ("password", RegistryPassword);
        if (step.Action != "sbom-checksum" || SigningKey is not { } key) yield break;
        yield return ("cosign-key", key.Pem);
        yield return ("cosign-password", key.Password);
    }
}
