using ReleaseActions.Core;
using ReleaseActions.Core.Http;

namespace ReleaseActions.Tests.Http;

public sealed class ApiAddressTests
{
    [Theory]
    [InlineData("https://api.github.com")]
    [InlineData("https://github.example.com/api/v3/")]
    [InlineData("http://127.0.0.1:8080/api/v3")]
    [InlineData("http://[::1]:8080/api/v3")]
    public void GitHub_and_a_server_on_this_machine_are_spoken_to(string url) =>
        ApiAddress.Require(url, isHosted: false).AbsoluteUri.Should().EndWith("/");

    [Theory]
    [Trait("Row", "S17")]
    [InlineData("http://github.example.com/api/v3")]
    [InlineData("http://10.0.0.1")]
    public void Other_addresses_must_be_encrypted(string url) => RefusalOf(url).Should().StartWith("API URL must be https");

    [Theory]
    [Trait("Row", "S19")]
    [InlineData("https://user:secret@api.github.com")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("http://169.254.169.254")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://METADATA.google.internal./")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("ftp://api.github.com")]
    [InlineData("/api")]
    [InlineData("")]
    public void Addresses_that_no_GitHub_has_are_refused(string url) => RefusalOf(url).Should().NotContain("secret");

    [Theory]
    [Trait("Row", "S19")]
    [InlineData("http://[::1]:80/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("https://localhost/")]
    public void The_machine_itself_is_refused_on_a_runner_of_GitHubs_own(string url) =>
        RefusalOf(url, isHosted: true).Should().Contain("leads to the runner itself");

    [Theory]
    [InlineData("https://api.github.com", "https://uploads.github.com/repos/a/b/releases/1/assets{?name,label}")]
    [InlineData("https://api.acme.ghe.com", "https://uploads.acme.ghe.com/repos/a/b/releases/1/assets{?name,label}")]
    [InlineData("https://github.example.com/api/v3", "https://github.example.com/api/uploads/repos/a/b/releases/1/assets{?name,label}")]
    public void Files_are_sent_to_the_upload_host_of_the_API(string api, string template) =>
        ApiAddress.RequireUpload(new Uri(api), template, "a/b/releases/1/assets").AbsoluteUri.Should()
        .Be(template[..template.IndexOf('{', StringComparison.Ordinal)]);

    [Theory]
    [Trait("Row", "S20")]
    [InlineData("https://evil.example/assets{?name,label}")]
    [InlineData("http://uploads.github.com/assets{?name,label}")]
    [InlineData("https://uploads.github.com.evil.example/assets{?name,label}")]
    [InlineData("https://uploads.github.com:8443/assets{?name,label}")]
    [InlineData("https://x@uploads.github.com/assets{?name,label}")]
    public void Files_are_sent_nowhere_else(string template) =>
        FluentActions.Invoking(() => ApiAddress.RequireUpload(new Uri("https://api.github.com"), template, "a/b/releases/1/assets"))
        .Should().Throw<ActionException>()
        .WithMessage("The server sent an upload URL on another host*");

    [Theory]
    [Trait("Row", "S20")]
    [InlineData("https://api.github.com/user/keys")]
    [InlineData("https://api.github.com/repos/other/repository/releases/1/assets{?name,label}")]
    [InlineData("https://uploads.github.com/repos/a/b/releases/2/assets{?name,label}")]
    [InlineData("https://uploads.github.com/repos/a/b/releases/1/assets?name=other&{?name,label}")]
    [InlineData("https://uploads.github.com/repos/a/b/releases/1/assets#{?name,label}")]
    [InlineData("https://uploads.github.com/repos/a/b/releases/1/assets/../../../contents{?name,label}")]
    public void Files_are_sent_to_no_other_place_of_the_API(string template) =>
        FluentActions.Invoking(() => ApiAddress.RequireUpload(new Uri("https://api.github.com"), template, "a/b/releases/1/assets"))
            .Should().Throw<ActionException>().WithMessage("The server sent an upload URL that is not of this release*");

    [Fact]
    [Trait("Row", "S18")]
    public void A_next_page_on_another_host_is_not_followed() =>
        FluentActions.Invoking(() => ApiAddress.RequireOnApi(new Uri("https://api.github.com"), new Uri("https://evil/x"))).Should()
        .Throw<ActionException>().WithMessage("API host 'evil' does not match GITHUB_API_URL*");

    private static string RefusalOf(string url, bool isHosted = false) =>
        FluentActions.Invoking(() => ApiAddress.Require(url, isHosted)).Should().Throw<ActionException>().Which.Findings.Single().Message;
}
