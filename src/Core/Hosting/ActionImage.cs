namespace ReleaseActions.Core.Hosting;

/// <summary>
/// Which image an action runs in: one image for all, and the same with one program more where an action needs that. The recipe is
/// <c>actions/Dockerfile</c>, whose targets end in the same words.
/// </summary>
public static class ActionImage
{
    /// <summary>The image of an action: <paramref name="image"/> as it is, or with <c>-docker</c> or <c>-cosign</c> after its tag.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="image">The image without tools, with its tag, such as <c>ghcr.io/org/release-actions:main</c>.</param>
    public static string Of(string action, string image) => ToolOf(action) is { } tool ? $"{image}-{tool}" : image;

    private static string? ToolOf(string action) => action switch
    {
        "image-build-push" => "docker",
        "sbom-checksum" => "cosign",
        _ => null,
    };
}
