using ReleaseActions.Core.Hosting;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.ReleasePublish;

/// <summary>Every line of the table in docs/migrating.md is shown by a run, and no input of the three actions is left out.</summary>
public sealed class MigrationTests
{
    private static readonly IReadOnlyList<string[]> Lines = [.. File.ReadLines(Path.Combine(Golden.Root, "docs", "migrating.md"))
        .Where(l => l.StartsWith('|') && l.Contains("| `", StringComparison.Ordinal))
        .Select(l => l.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())];

    // action.yml of v3.0.0, v1.21.0 and 2.11.5.
    private static readonly Dictionary<string, string> Inputs = new()
    {
        ["softprops"] = "body body_path name tag_name draft prerelease preserve_order files working_directory overwrite_files "
            + "fail_on_unmatched_files repository token target_commitish discussion_category_name generate_release_notes previous_tag "
            + "append_body make_latest",
        ["ncipollo"] = "allowUpdates artifactErrorsFailBuild artifact artifacts artifactContentType body bodyFile commit "
            + "discussionCategory draft generateReleaseNotes generateReleaseNotesPreviousTag "
            + "immutableCreate makeLatest name omitBody omitBodyDuringUpdate "
            + "omitDraftDuringUpdate omitName omitNameDuringUpdate omitPrereleaseDuringUpdate owner prerelease removeArtifacts "
            + "replacesArtifacts repo skipIfReleaseExists tag token updateOnlyUnreleased",
        ["svenstaro"] = "repo_token file tag asset_name overwrite promote file_glob draft prerelease make_latest release_name body "
            + "target_commit repo_name release_id check_duplicates",
    };

    public static TheoryData<string, string> Rows => [.. Lines.Select(l => (l[0], l[1]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_line_of_the_table_is_as_it_says(string action, string input)
    {
        MigrationCases.All.Should().ContainKey($"{action} {input}", "each line of the table is shown by a run");
        await MigrationCases.All[$"{action} {input}"]();
    }

    [Fact]
    public void The_table_has_every_input_once() =>
        Lines.Select(l => $"{l[0]} {l[1]}").Should().Equal(Inputs.SelectMany(a => a.Value.Split(' ').Select(i => $"{a.Key} {i}")));

    [Fact]
    public void No_case_is_left_without_its_line() =>
        MigrationCases.All.Keys.Should().BeSubsetOf(Lines.Select(l => $"{l[0]} {l[1]}"));

    [Fact]
    public void What_takes_the_place_of_an_input_is_an_input_of_release_publish()
    {
        var inputs = Manual.Of(new ReleasePublishAction()).Inputs.ToDictionary(i => i.Name);
        foreach (var line in Lines)
        {
            line[2].Should().BeOneOf("same", "other name", "always", "no");
            if (line[3].Length == 0) continue;
            inputs.Should().ContainKey(line[3].Split(':')[0]);
            if (line[2] == "same") line[3].Should().Be(line[1]);
        }
    }
}
