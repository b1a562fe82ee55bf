using System.Diagnostics;
using ReleaseActions.Core;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Tests.Hostile;

public sealed class RefNameTests : IDisposable
{
    private static readonly string[] Pieces =
        ["a", "B", "0", "v1.2.3", ".", "..", "/", "//", "-", "_", "+", "@", "@{", "{", "~", "^", ":", "?", "*", "[", "\\", " ", "\t", "\n",
        "\0", "\x7f", ".lock", "lock", "#", "$(id)", ";", "'", "\"", "é", "\u202e", "refs", "HEAD", "heads", "%", "&", "|", "<", ">", "(",
        ")", "!", ","];

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    [Trait("Row", "B19")]
    public async Task No_name_that_git_refuses_is_accepted()
    {
        var random = new Random(20260106);
        var names = Enumerable.Range(0, 50_000)
            .Select(_ => string.Concat(
                Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(random.Next(3) == 0 ? Pieces.Length : 16)])))
                .Distinct().ToList();
        var accepted = names.Where(IsAccepted).ToList();

        accepted.Count.Should().BeInRange(1_000, names.Count - 1_000);
        // One git for all: a transaction that is begun and given up for each name; git ends with an error at the first that is no ref.
        var zero = new string('0', 40);
        var (exitCode, error) = await UpdateRefsAsync(
            accepted.SelectMany(n => (string[])["start", $"verify refs/heads/{n} {zero}", "abort"]));
        exitCode.Should().Be(0, error);
        (await UpdateRefsAsync(["start", $"verify refs/heads/a..b {zero}", "abort"])).ExitCode.Should()
            .NotBe(0, "the oracle must be able to say no");
    }

    [Theory]
    [Trait("Row", "S08")]
    [InlineData("tag", "-d")]
    [InlineData("branch", "--upload-pack=touch /tmp/release-actions-marker")]
    [InlineData("branch", "-")]
    public void A_name_that_begins_with_a_dash_is_refused(string kind, string name) =>
        FluentActions.Invoking(() => RefName.Require(kind, name)).Should().Throw<ActionException>()
        .WithMessage("*ref must not begin with '-'*");

    private static bool IsAccepted(string name)
    {
        try
        {
            return RefName.Require("branch", name) == name;
        }
        catch (ActionException e) when (e.ExitCode == ExitCode.BadInput)
        {
            return false;
        }
    }

    private async Task<(int ExitCode, string Error)> UpdateRefsAsync(IEnumerable<string> commands)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", ["update-ref", "--stdin"])
            {
                WorkingDirectory = _checkout.Root, RedirectStandardInput = true,
                RedirectStandardOutput = true, RedirectStandardError = true
            })!;
        var (output, error) = (git.StandardOutput.ReadToEndAsync(), git.StandardError.ReadToEndAsync());
        try
        {
            foreach (var command in commands) await git.StandardInput.WriteAsync(command + "\n");
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended early; its words say at which name.
        }

        await git.WaitForExitAsync();
        await output;
        return (git.ExitCode, await error);
    }
}
