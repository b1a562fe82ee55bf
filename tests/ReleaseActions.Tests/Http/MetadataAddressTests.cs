using System.Net;
using ReleaseActions.Core;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Runner;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePublish;

namespace ReleaseActions.Tests.Http;

/// <summary>The addresses under which clouds hand out a machine's credentials, in every notation and behind every name.</summary>
[Trait("Row", "S49")]
public sealed class MetadataAddressTests
{
    public static TheoryData<string> Refused =>
    [
        "http://169.254.169.254/latest", "http://169.254.0.1", "http://169.254.170.2/v2/credentials", "http://169.254.170.23",
        "http://169.254.42.42", "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://0xa9.254.43518/",
        "http://025177524776/", "http://169.254.43518/", "http://169.16689662/", "http://169.254.169.254./", "http://168.63.129.16",
        "http://100.100.100.200", "http://100.80.80.80", "http://100.96.0.96", "http://192.0.0.192", "http://0.0.0.0", "http://0/",
        "http://[fd00:ec2::254]", "http://[fd00:ec2::23]", "http://[fd20:ce::254]", "http://[fd00:c1::a9fe:a9fe]",
        "http://[fd00:42::42]", "http://[::]", "http://[::ffff:169.254.169.254]", "http://[::ffff:a9fe:a9fe]",
        "http://[::169.254.169.254]", "http://[::ffff:0:169.254.169.254]", "http://[64:ff9b::169.254.169.254]",
        "http://[64:ff9b:1::a9fe:a9fe]", "http://[2001:db8:64::a9fe:a9fe]", "http://[2002:a9fe:a9fe::1]",
        "http://[2001:0:1:2:3:4:5601:5601]", "http://[fe80::1]", "http://[fe80::a9fe:a9fe%25eth0]", "http://[febf::1]",
        "http://[::ffff:100.100.100.200]", "http://metadata", "http://metadata/", "http://METADATA.google.internal",
        "https://metadata.google.internal./computeMetadata", "http://metadata.goog", "http://instance-data",
        "http://instance-data.ec2.internal", "http://metadata.tencentyun.com", "http://metadata.oraclecloud.com",
        "http://metadata.azure.internal", "http://api.metadata.cloud.ibm.com", "http://metadata.platformequinix.com",
        "http://user:x@169.254.169.254/",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Nothing_is_sent_to_a_metadata_service_in_whatever_notation(string address)
    {
        using var server = new Answering(_ => new HttpResponseMessage(HttpStatusCode.OK));
        using var http = NewHttp(server);
        var sending = () => SendAsync(http, address);

        (await sending.Should().ThrowAsync<ActionException>()).WithMessage("*leads to a metadata service*");
        server.Requests.Should().Be(0);
    }

    [Theory]
    [InlineData("https://api.github.com")]
    [InlineData("https://10.0.0.1")]
    [InlineData("https://168.63.129.17")]
    [InlineData("https://100.100.100.201")]
    [InlineData("https://170.254.169.254")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://[::1]")]
    [InlineData("https://[2001:db8::1]")]
    [InlineData("https://[fd00::1]")]
    [InlineData("https://metadata.example.com")]
    [InlineData("https://169.254.169.254.example.com")]
    public async Task Other_addresses_are_asked(string address)
    {
        using var server = new Answering(_ => new HttpResponseMessage(HttpStatusCode.OK));
        using var http = NewHttp(server);

        (await SendAsync(http, address)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("100.100.100.200")]
    public async Task A_name_that_DNS_leads_there_is_refused_and_not_asked_again(string number)
    {
        var lookups = 0;
        Task<IPAddress[]> Resolve(string host, CancellationToken cancellation) =>
            Task.FromResult(++lookups > 0 ? [IPAddress.Parse("192.0.2.1"), IPAddress.Parse(number)] : Array.Empty<IPAddress>());
        using var transport = ResilientHttp.NewTransport(isRunner: true, Resolve);
        using var http = NewHttp(transport);
        var sending = () => SendAsync(http, "http://harmless.example");

        (await sending.Should().ThrowAsync<ActionException>()).WithMessage("'harmless.example' leads to a metadata service*");
        lookups.Should().Be(1);
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_is_looked_at_again()
    {
        using var server = new Wire(_ => Wire.Answer("200 OK"));
        var number = IPAddress.Loopback;
        using var transport = ResilientHttp.NewTransport(isRunner: true, (_, _) => Task.FromResult<IPAddress[]>([number]));
        using var http = NewHttp(transport);
        var address = $"http://rebinding.example:{server.Host.Split(':')[1]}";

        (await SendAsync(http, address)).StatusCode.Should().Be(HttpStatusCode.OK);
        number = IPAddress.Parse("169.254.169.254");
        var again = () => SendAsync(http, address);

        await again.Should().ThrowAsync<ActionException>();
        server.Heads.Should().ContainSingle();
    }

    [Theory]
    [InlineData("registry", "169.254.169.254/acme", ExitCode.BadInput)]
    [InlineData("registry", "metadata.google.internal/acme", ExitCode.BadInput)]
    [InlineData("image", "100.100.100.200:80/acme/app", ExitCode.BadInput)]
    public async Task A_registry_in_an_input_is_refused_before_anything_is_sent(string input, string value, ExitCode exitCode)
    {
        using var checkout = new Checkout();
        ImageFiles.DockerSave("app").WriteTar(Path.Combine(checkout.Root, "image.tar"));
        using var line = new Answering(_ => new HttpResponseMessage(HttpStatusCode.OK));

        var run = await HostileRig.Offline(checkout, line).OnTag("v1.0.0").Input("archive", "image.tar").Input(input, value)
            .RunAsync(new ImageBuildPushAction());

        run.ExitCode.Should().Be(exitCode, run.Log);
        run.Errors.Should().ContainSingle().Which.Should().Contain("leads to a metadata service");
        line.Requests.Should().Be(0);
    }

    [Theory]
    [InlineData("https://169.254.169.254/hook")]
    [InlineData("https://metadata.google.internal/hook")]
    public async Task A_channel_at_a_metadata_service_is_not_notified(string address)
    {
        using var line = new Answering(_ => new HttpResponseMessage(HttpStatusCode.OK));
        using var http = NewHttp(line);

        var problem = await Notifications.PostAsync(new Secret(address), [], http, Notifications.LongestMessage, CancellationToken.None);

        problem.Should().Contain("leads to a metadata service");
        line.Requests.Should().Be(0);
    }

    private static ResilientHttp NewHttp(HttpMessageHandler transport) =>
        new(transport, new PromptClock(), new Log(TextWriter.Null, isRunner: true));

    private static Task<HttpResponseMessage> SendAsync(ResilientHttp http, string address) => http.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Get, address), mayRepeat: true, TimeSpan.FromSeconds(60), CancellationToken.None);
}
