using System.Xml.Linq;

namespace ReleaseActions.Tests.House;

/// <summary>A test that hangs fails, and the run goes on. The tests that hang are explicit, and run by the one that is not.</summary>
public sealed class HangingTests
{
    [Fact]
    public void A_test_that_hangs_fails_and_the_run_goes_on()
    {
        var report = Path.Combine(Directory.CreateTempSubdirectory("release-actions-test-").FullName, "report.xml");
        var limit = new Dictionary<string, string> { ["RELEASE_ACTIONS_TEST_SECONDS"] = "5" };
        string[] filter = ["-noLogo", "-noColor", "-explicit", "only", "-method", $"{typeof(HangingTests).FullName}.One_*"];

        var (_, output) = Programs.Run("dotnet", "/", limit, [typeof(HangingTests).Assembly.Location, .. filter, "-xml", report]);

        var results = XDocument.Load(report).Descendants("test")
            .ToDictionary(t => t.Attribute("method")!.Value, t => t.Attribute("result")!.Value);
        results.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            [nameof(One_blocks_its_thread)] = "Fail",
            [nameof(One_waits_for_what_never_comes)] = "Fail",
            [nameof(One_does_not_hang)] = "Pass",
        }, output);
        output.Should().Contain("It did not end within 5 s.");
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
    }

    [Fact(Explicit = true)]
    public void One_blocks_its_thread() => Thread.Sleep(Timeout.Infinite);

    [Fact(Explicit = true)]
    public Task One_waits_for_what_never_comes() => Task.Delay(Timeout.Infinite);

    [Fact(Explicit = true)]
    public void One_does_not_hang() => Assert.True(true);
}
