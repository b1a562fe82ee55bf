using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Rehearse;

/// <summary>What is to be rehearsed. The policy is not part of it: the one of the released commit applies.</summary>
internal sealed class RehearseRequest
{
    public RehearseRequest(Inputs inputs)
    {
        Repo = inputs.Text("repo", "The repository whose release is rehearsed; it is only read.", fallback: ".");
        var tag = inputs.OptionalText("tag", "The tag to release. If the repository does not have it, it is made in the copy, at HEAD.");
        Name = inputs.OptionalText("name", "The repository's name on GitHub, as owner/name. By default read from the remote origin.");
        Registry = inputs.OptionalText(
            "registry", "A real registry and path for the images, such as localhost:5000/acme. By default the sandbox's registry.");
        Output = inputs.Text("output", "The folder for the copy, the sandbox and what the release makes public.", fallback: "rehearsal");
        Programs = inputs.OptionalText(
            "programs", "The folder with the actions' programs, to rehearse with published ones. By default beside this program.");
        ActionImages = inputs.OptionalText(
            "action-images",
            "Run the actions in containers, as a runner does: the image with its tag, such as release-actions:test. By default, programs.");
        Again = inputs.Flag("again", "Release once more on what the last rehearsal left behind, as a rerun does.", fallback: false);
        Sample = inputs.Flag("sample", "Release the bundled sample instead of a repository.", fallback: false);
        IsDryRun = inputs.IsDryRun;
        Tag = tag ?? (Sample ? SampleProduct.Tag : "");
        if (Tag.Length == 0) inputs.Reject("No tag was given", "Name the release to rehearse: --tag v1.2.3");
    }

    public string Repo { get; }

    public string Tag { get; }

    public string? Name { get; }

    public string? Registry { get; }

    public string Output { get; }

    public string? Programs { get; }

    public string? ActionImages { get; }

    public bool Again { get; }

    public bool Sample { get; }

    public bool IsDryRun { get; }
}
