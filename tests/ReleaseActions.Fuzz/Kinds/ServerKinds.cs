using ReleaseActions.Fuzz.Proxy;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>Bodies of GitHub's, the registry's and git's answers.</summary>
internal sealed class ApiBodies : FuzzKind
{
    public override string Name => "api-bodies";

    public override void Make(FuzzCase fuzz)
    {
        Talk.Prepare(fuzz);
        var mutation = new AnswerMutation(fuzz.OtherHost);
        fuzz.Change = Talk.Sometimes(fuzz, mutation.ChangeBody);
    }
}

/// <summary>Status, headers, length and timing of the same answers.</summary>
internal sealed class ApiHeaders : FuzzKind
{
    public override string Name => "api-headers";

    public override void Make(FuzzCase fuzz)
    {
        Talk.Prepare(fuzz);
        var mutation = new AnswerMutation(fuzz.OtherHost);
        if (fuzz.Random.Next(40) == 0) fuzz.Change = (request, answer, _) => AnswerMutation.GoOnForEver(request, answer);
        else fuzz.Change = Talk.Sometimes(fuzz, mutation.ChangeHead);
    }
}

/// <summary>Programs that ask servers for a lot.</summary>
internal static class Talk
{
    public static void Prepare(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any(
            "version-validate", "version-validate", "changelog-extract", "image-build-push", "image-build-push", "release-publish",
            "release-publish", "branch-cleanup", "release-prepare"));
        var isEverything = fuzz.Random.Next(2) == 0;
        if (isEverything) fuzz.UsePolicyOfEverything();
        switch (fuzz.Program)
        {
            case "changelog-extract":
                fuzz.Input("path", "none.md");
                fuzz.Input("fallback", fuzz.Any("commits", "generated", "unreleased\ncommits", "generated\ncommits"));
                break;
            case "image-build-push":
                fuzz.Input("archive", fuzz.Any("dist/shop.tar", "dist/till.oci.tar", "dist/layout"));
                if (fuzz.Random.Next(3) == 0) fuzz.Variables.Remove("INPUT_PASSWORD");
                if (fuzz.Random.Next(3) == 0) fuzz.Input("latest", "auto");
                break;
            case "release-publish":
                fuzz.Input("generate-notes", fuzz.Any("true", "false"));
                fuzz.Input("on-existing", fuzz.Any("refuse", "update", "keep"));
                if (fuzz.Random.Next(4) == 0) fuzz.Input("tag", "v1.0.0");
                break;
            case "release-prepare":
                fuzz.Input("flow", fuzz.Any("tag", "branch"));
                break;
        }
    }

    // Either nearly every answer, or one here and there, so that a program comes far.
    public static Action<ProxiedRequest, ProxiedAnswer, Random> Sometimes(
        FuzzCase fuzz, Action<ProxiedRequest, ProxiedAnswer, Random> change)
    {
        var share = fuzz.Any(0.05, 0.15, 0.3, 0.9);
        return (request, answer, random) =>
        {
            // git is git's own business; what it says on its way back is ours.
            var isGit = request.Target.Contains(".git/", StringComparison.Ordinal);
            if (random.NextDouble() < share * (isGit ? 0.3 : 1)) change(request, answer, random);
        };
    }
}
