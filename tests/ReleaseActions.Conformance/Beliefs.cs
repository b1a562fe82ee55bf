namespace ReleaseActions.Conformance;

/// <summary>Everything that the suite believes of GitHub's behaviour, in one table.</summary>
public static class Beliefs
{
    private const string Release = """{"tag_name":"{tag}","target_commitish":"{head}"}""";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Belief> All { get; } =
        [.. Refs(), .. Releases(), .. Assets(), .. Immutable(), .. Repository(), .. Elsewhere()];

    private static IEnumerable<Belief> Refs() =>
    [
        new("ref-create", "", "POST git/refs", """{"ref":"refs/tags/{tag}","sha":"{head}"}""",
            ["201", "ref=refs/tags/{tag}", "object.sha={head}"], "openapi"),
        new("ref-create-exists", "tag", "POST git/refs", """{"ref":"refs/tags/{tag}","sha":"{head}"}""",
            ["422", "message=Reference already exists"], "issues"),
        new("ref-create-no-object", "", "POST git/refs", """{"ref":"refs/tags/{tag}","sha":"{nothing}"}""",
            ["422", "message=Object does not exist"], "issues"),
        new("ref-create-short-name", "", "POST git/refs", """{"ref":"{tag}","sha":"{head}"}""", ["422"], "docs"),
        new("ref-create-malformed", "", "POST git/refs", """{"ref":"refs/tags/{tag}..x","sha":"{head}"}""", ["422"], "unconfirmed"),
        new("ref-create-no-sha", "", "POST git/refs", """{"ref":"refs/tags/{tag}"}""", ["422"], "openapi"),
        new("ref-get", "tag", "GET git/ref/tags/{tag}", null, ["200", "object.type=commit", "object.sha={head}"], "openapi"),
        new("ref-get-missing", "", "GET git/ref/tags/{tag}", null, ["404", "message=Not Found"], "openapi"),
        new("ref-matching-none", "", "GET git/matching-refs/tags/{tag}", null, ["200", "text=[]"], "docs"),
        new("ref-matching-start", "branch", "GET git/matching-refs/heads/conformance-", null,
            ["200", "text~refs/heads/{branch}"], "docs"),
        new("ref-update-same", "branch", "PATCH git/refs/heads/{branch}", """{"sha":"{head}"}""",
            ["200", "object.sha={head}"], "openapi"),
        new("ref-update-missing", "", "PATCH git/refs/heads/{branch}", """{"sha":"{head}"}""",
            ["422", "message=Reference does not exist"], "issues"),
        new("ref-update-back", "branch", "PATCH git/refs/heads/{branch}", """{"sha":"{parent}"}""",
            ["422", "message~not a fast forward"], "issues") { Needs = "parent" },
        new("ref-update-forced", "branch", "PATCH git/refs/heads/{branch}", """{"sha":"{parent}","force":true}""",
            ["200", "object.sha={parent}"], "openapi") { Needs = "parent" },
        new("ref-delete", "branch", "DELETE git/refs/heads/{branch}", null, ["204"], "openapi"),
        new("ref-delete-missing", "", "DELETE git/refs/heads/{branch}", null, ["422", "message=Reference does not exist"], "issues"),
    ];

    private static IEnumerable<Belief> Releases() =>
    [
        new("release-draft", "", "POST releases", """{"tag_name":"{tag}","draft":true}""",
            ["201", "draft=true", "published_at=", "html_url~untagged-"], "openapi"),
        new("release-draft-makes-no-tag", "draft", "GET git/ref/tags/{tag}", null, ["404"], "docs"),
        new("release-draft-not-by-tag", "draft", "GET releases/tags/{tag}", null, ["404"], "issues"),
        new("release-draft-by-id", "draft", "GET releases/{release}", null, ["200", "draft=true", "tag_name={tag}"], "openapi"),
        new("release-draft-in-list", "draft", "GET releases?per_page=100", null, ["200", "text~{tag}"], "docs"),
        new("release-two-drafts-of-a-tag", "draft", "POST releases", """{"tag_name":"{tag}","draft":true}""",
            ["201", "draft=true"], "issues"),
        new("release-publish", "draft", "PATCH releases/{release}", """{"draft":false}""",
            ["200", "draft=false", "tag_name={tag}"], "openapi"),
        new("release-publish-makes-the-tag", "draft again", "GET git/ref/tags/{tag}", null, ["200", "object.sha={head}"], "docs"),
        new("release-tag-at-target", "published", "GET git/ref/tags/{tag}", null, ["200", "object.sha={head}"], "docs"),
        new("release-by-tag", "published", "GET releases/tags/{tag}", null, ["200", "id={release}", "draft=false"], "openapi"),
        new("release-second-of-a-tag", "published", "POST releases", Release,
            ["422", "errors.0.code=already_exists", "errors.0.field=tag_name"], "issues"),
        new("release-second-draft-is-not-published", "published draft", "PATCH releases/{release}", """{"draft":false}""",
            ["422", "errors.0.code=already_exists"], "issues"),
        new("release-delete", "published", "DELETE releases/{release}", null, ["204"], "openapi"),
        new("release-delete-keeps-the-tag", "published deleted", "GET git/ref/tags/{tag}", null, ["200"], "issues"),
        new("release-missing", "", "GET releases/1", null, ["404", "message=Not Found"], "openapi"),
        new("release-latest-is-explicit", "published", "PATCH releases/{release}", """{"make_latest":"true"}""", ["200"], "openapi"),
        new("release-latest", "published", "GET releases/latest", null, ["200", "tag_name={tag}"], "docs"),
        new("release-flag-that-is-omitted-stays", "prerelease", "PATCH releases/{release}", """{"name":"Two"}""",
            ["200", "name=Two", "prerelease=true"], "issues"),
        new("release-notes-that-are-omitted-stay", "published", "PATCH releases/{release}", """{"name":"Two"}""",
            ["200", "body=Text"], "issues"),
        new("release-prerelease-is-promoted", "prerelease", "PATCH releases/{release}", """{"prerelease":false}""",
            ["200", "prerelease=false"], "openapi"),
        new("release-without-tag-name", "", "POST releases", "{}", ["422"], "openapi"),
        new("release-make-latest-word", "", "POST releases", """{"tag_name":"{tag}","make_latest":"maybe"}""", ["422"], "openapi"),
        new("release-target-that-is-nothing", "", "POST releases", """{"tag_name":"{tag}","target_commitish":"no-such-branch"}""",
            ["422"], "issues"),
        new("release-tag-that-exists-wins", "tag", "POST releases", """{"tag_name":"{tag}","target_commitish":"{default}"}""",
            ["201", "tag_name={tag}"], "docs"),
        new("release-generated-notes", "", "POST releases/generate-notes", Release, ["200", "body~**Full Changelog**"], "openapi"),
        new("release-generated-notes-of-a-wrong-tag", "", "POST releases/generate-notes",
            """{"tag_name":"{tag}","previous_tag_name":"{branch}"}""", ["400"], "unconfirmed"),
        new("release-generated-below-own-notes", "", "POST releases",
            """{"tag_name":"{tag}","body":"Own","generate_release_notes":true,"draft":true}""", ["201", "body~Own\n"], "docs"),
    ];

    // Ours are made safe before they are sent; these are what others see happen.
    private static IEnumerable<(string Id, string Given, string Stored, string Source)> Names() =>
    [
        ("safe", "a_b-c.1.tar.gz", "a_b-c.1.tar.gz", "issues"), ("spaces", "a  b.txt", "a.b.txt", "issues"),
        ("tilde", "app_1.0.0~rc.1_amd64.deb", "app_1.0.0.rc.1_amd64.deb", "issues"), ("plus", "a+b.txt", "a.b.txt", "issues"),
        ("equals", "a=b.txt", "a.b.txt", "issues"), ("at", "a@b.txt", "a.b.txt", "issues"),
        ("accent", "Müller.txt", "Muller.txt", "issues"), ("sharp-s", "Straße.txt", "Strasse.txt", "unconfirmed"),
        ("ideographs", "a文書b.txt", "ab.txt", "issues"), ("emoji", "a🚀b.txt", "ab.txt", "issues"),
        ("first-dot", ".a.txt", "default.a.txt", "issues"), ("last-dot", "a.txt.", "a.txt", "docs"),
        ("two-dots", "a..b.txt", "a.b.txt", "unconfirmed"),
    ];

    private static IEnumerable<Belief> Assets() =>
    [
        new("asset-upload", "draft", "POST upload:?name=a.txt", "content",
            ["201", "name=a.txt", "state=uploaded", "size=7"], "openapi"),
        new("asset-digest", "draft", "POST upload:?name=a.txt", "content",
            ["201", "digest=sha256:ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"], "docs"),
        new("asset-label", "draft", "POST upload:?name=a.txt&label=A%20label", "content", ["201", "label=A label"], "openapi"),
        new("asset-name-is-taken", "draft asset", "POST upload:?name=a.txt", "other",
            ["422", "errors.0.code=already_exists"], "issues"),
        new("asset-empty", "draft", "POST upload:?name=a.txt", "", ["422"], "issues"),
        new("asset-without-name", "draft", "POST upload:", "content", ["422"], "unconfirmed"),
        .. Names().Select(n => new Belief(
            $"asset-name-{n.Id}", "draft", $"POST upload:?name={Uri.EscapeDataString(n.Given)}", "content", ["201", $"name={n.Stored}"],
            n.Source)),
        new("asset-to-a-published-release", "published", "POST upload:?name=a.txt", "content", ["201"], "docs") { Needs = "mutable" },
        new("asset-in-list", "draft asset", "GET releases/{release}/assets", null, ["200", "0.id={asset}", "0.name=a.txt"], "openapi"),
        new("asset-in-release", "draft asset", "GET releases/{release}", null, ["200", "assets.0.id={asset}"], "openapi"),
        new("asset-by-id", "draft asset", "GET releases/assets/{asset}", null, ["200", "name=a.txt", "state=uploaded"], "openapi"),
        new("asset-bytes-are-elsewhere", "draft asset", "GET releases/assets/{asset}", null,
            ["302", "header:Location~http"], "docs") { Header = ("Accept", "application/octet-stream") },
        new("asset-relabel", "draft asset", "PATCH releases/assets/{asset}", """{"label":"New"}""",
            ["200", "label=New", "name=a.txt"], "openapi"),
        new("asset-rename", "draft asset", "PATCH releases/assets/{asset}", """{"name":"b.txt"}""", ["200", "name=b.txt"], "openapi"),
        new("asset-delete", "draft asset", "DELETE releases/assets/{asset}", null, ["204"], "openapi"),
        new("asset-missing", "", "GET releases/assets/1", null, ["404"], "openapi"),
        new("asset-delete-missing", "", "DELETE releases/assets/1", null, ["404"], "openapi"),
    ];

    private static IEnumerable<Belief> Immutable() => ((Belief[])
    [
        new("immutable-upload", "published", "POST upload:?name=a.txt", "content",
            ["422", "message=Cannot upload assets to an immutable release."], "issues"),
        new("immutable-title-may-change", "published", "PATCH releases/{release}", """{"name":"Two"}""", ["200", "name=Two"], "docs"),
        new("immutable-asset-stays", "draft asset again", "DELETE releases/assets/{asset}", null, ["422"], "docs"),
        new("immutable-tag-stays", "published", "DELETE git/refs/tags/{tag}", null, ["422"], "docs"),
        new("immutable-burns-the-tag", "published deleted", "POST releases", Release,
            ["422", "text~was used by an immutable release"], "issues"),
    ]).Select(b => b with { Needs = "immutable" });

    private static IEnumerable<Belief> Repository() =>
    [
        new("repository", "", "GET ", null, ["200", "default_branch={default}"], "openapi"),
        new("page-has-next", "draft draft", "GET releases?per_page=1", null, ["200", "header:Link~rel=\"next\""], "docs"),
        new("page-beyond-the-end", "", "GET releases?per_page=100&page=99", null, ["200", "text=[]"], "docs"),
        new("page-of-one", "", "GET branches?per_page=1", null, ["200", "1="], "docs"),
        new("branch-missing", "", "GET branches/{branch}", null, ["404", "message=Branch not found"], "issues"),
        new("branches-protected", "branch", "GET branches?protected=true", null, ["200", "text=[]"], "openapi"),
        new("compare-same", "", "GET compare/{head}...{head}", null, ["200", "status=identical"], "openapi"),
        new("compare-behind", "", "GET compare/{head}...{parent}", null,
            ["200", "status=behind", "merge_base_commit.sha={parent}"], "openapi") { Needs = "parent" },
        new("compare-missing", "", "GET compare/{head}...{nothing}", null, ["404"], "docs"),
        new("commit-missing", "", "GET commits/{nothing}", null, ["422", "message~No commit found for SHA"], "issues"),
        new("file-missing", "", "GET contents/no-such-file-{tag}", null, ["404"], "openapi"),
        new("pulls-of-a-head", "", "GET pulls?state=closed&head={owner}:{branch}", null, ["200", "text=[]"], "openapi"),
        new("write-without-token", "", "POST releases", Release, ["401"], "docs") { Header = ("Authorization", "") },
        new("wrong-token", "", "GET releases", null,
            ["401", "message=Bad credentials"], "docs") { Header = ("Authorization", "Bearer nonsense") },
        new("no-user-agent", "", "GET releases", null, ["403"], "docs") { Header = ("User-Agent", "") },
        new("limit-in-headers", "", "GET releases", null,
            ["200", "header:X-RateLimit-Remaining~", "header:X-RateLimit-Reset~"], "docs"),
        new("request-id", "", "GET releases", null, ["200", "header:X-GitHub-Request-Id~"], "docs"),
    ];

    private static IEnumerable<Belief> Elsewhere() =>
    [
        Belief.That("upload-starter", "a failed upload leaves an asset in the state 'starter', whose name is taken",
            "it needs a failure of GitHub", "issues"),
        Belief.That("list-lags", "a list may lack for some seconds what was just written", "it shows only now and then", "issues"),
        Belief.That("immutable-lags", "`immutable` becomes true some time after the publication", "it shows only now and then",
            "issues"),
        Belief.That("secondary-limit",
            "80 writes a minute and 500 an hour; then 403 with Retry-After or the words 'secondary rate limit'",
            "it would lock the account out", "docs"),
        Belief.That("primary-limit",
            "a job's token has 1,000 requests an hour for a repository; then 403 with x-ratelimit-remaining: 0",
            "it would use the limit up", "docs"),
        Belief.That("workflow-files", "403 or 404 on a new ref or release at a commit that changes workflow files",
            "it needs a job's own token", "issues"),
        Belief.That("ruleset-tags", "422 'Repository rule violations found' where a ruleset forbids the tag",
            "it needs a ruleset", "issues"),
        Belief.That("asset-of-2-gib", "an asset of 2 GiB or more is refused", "it takes too long", "docs"),
        Belief.That("draft-of-a-reader", "who may not push sees no drafts", "it needs a second token", "docs"),
        Belief.That("protected-branch-stays", "422 on deleting a protected branch", "it needs branch protection", "issues"),
        Belief.That("discussion-once", "a second discussion about a release is never made", "it needs discussions", "issues"),
        Belief.That("delete-has-no-condition", "DELETE of a ref deletes it wherever it is; a push with a lease does not",
            "it needs a rival", "docs"),
    ];
}
