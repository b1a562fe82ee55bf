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

    [Fact]
    [Trait("Row", "F53")]
    public void What_is_published_under_another_name_is_known_by_its_digest_and_size_and_not_sent_again()
    {
        var steps = AssetStep.Compare(
            [Local("a.b")], [Remote("other", "uploaded", 3, "bb"), Remote("a~b", "uploaded", 3, "aa")],
            isOurDraft: false, isOfOtherCommit: false);

        steps.Select(s => (s.Verb, s.Reason)).Should().Equal(
            (AssetVerb.Skip, "equal, and published as 'a~b'"), (AssetVerb.LeaveAlone, "not of this run"));
    }

    [Fact]
    [Trait("Row", "F53")]
    public void Two_files_with_the_same_bytes_keep_a_name_each()
    {
        AssetStep.Compare([Local("b"), Local("a")], [Remote("a", "uploaded", 3, "aa")], isOurDraft: false, isOfOtherCommit: false)
            .Select(s => (s.Name, s.Verb)).Should().Equal(("b", AssetVerb.Upload), ("a", AssetVerb.Skip));
    }

    [Fact]
    [Trait("Row", "F53"), Trait("Row", "F56")]
    public void In_our_draft_the_same_bytes_under_another_name_are_a_file_of_another_job() =>
        AssetStep.Compare([Local("b")], [Remote("a", "uploaded", 3, "aa")], isOurDraft: true, isOfOtherCommit: false)
            .Select(s => (s.Name, s.Verb)).Should().Equal(("b", AssetVerb.Upload), ("a", AssetVerb.LeaveAlone));

    private static LocalFile Local(string name) => new(new PublishableFile(name, name, 3, null), "aa");

    private static ReleaseAsset Remote(string name, string state, long size, string? digest) =>
        new(1, name, state, size, "https://x", Digest: digest is null ? null : $"sha256:{digest}");
}
