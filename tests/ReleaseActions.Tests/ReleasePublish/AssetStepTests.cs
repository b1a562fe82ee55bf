using ReleaseActions.Core.Files;
using ReleaseActions.Core.GitHub;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.ReleasePublish;

public sealed class AssetStepTests
{
    [Theory]
    [InlineData("uploaded", 3, "aa", false, AssetVerb.Skip)]
    [InlineData("uploaded", 3, "bb", false, AssetVerb.Replace)]
    [InlineData("uploaded", 4, "aa", false, AssetVerb.Replace)]
    [InlineData("uploaded", 3, null, false, AssetVerb.Replace)]
    [InlineData("starter", 0, null, false, AssetVerb.Replace)]
    [InlineData("uploaded", 0, "aa", false, AssetVerb.Replace)]
    public void A_file_of_the_same_name_is_compared_by_state_size_and_digest(
        string state, long size, string? digest, bool isOurDraft, object verb) =>
        AssetStep.Compare([Local("a")], [Remote("a", state, size, digest)], isOurDraft, isOfOtherCommit: false)
            .Should().ContainSingle().Which.Verb.Should().Be((AssetVerb)verb);

    [Theory]
    [InlineData("uploaded", true, false, AssetVerb.LeaveAlone)]
    [InlineData("uploaded", true, true, AssetVerb.Delete)]
    [InlineData("uploaded", false, false, AssetVerb.LeaveAlone)]
    [InlineData("starter", true, false, AssetVerb.Delete)]
    [InlineData("starter", false, false, AssetVerb.LeaveAlone)]
    public void What_this_run_does_not_have_is_deleted_only_where_it_is_ours_and_of_no_use(
        string state, bool isOurDraft, bool isOfOtherCommit, object verb) =>
        AssetStep.Compare([], [Remote("z", state, 3, "aa")], isOurDraft, isOfOtherCommit).Should().ContainSingle().Which.Verb
            .Should().Be((AssetVerb)verb);

    [Theory]
    [InlineData("shop (1).zip", "shop.1.zip")]
    [InlineData(".env", "default.env")]
    [InlineData("a b", "a.b")]
    public void A_file_is_found_again_under_the_name_that_GitHub_gave_it(string name, string given) =>
        AssetStep.Counterpart(Local(name), [Remote("other", "uploaded", 3, "bb"), Remote(given, "uploaded", 3, "aa")])!.Name
            .Should().Be(given);

    private static LocalFile Local(string name) => new(new PublishableFile(name, name, 3, null), "aa");

    private static ReleaseAsset Remote(string name, string state, long size, string? digest) =>
        new(1, name, state, size, "https://x", Digest: digest is null ? null : $"sha256:{digest}");
}
