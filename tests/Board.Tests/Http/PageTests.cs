using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Fakes;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.Http;

public class PageTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_Always_ForbidsEverythingButItsOwnFiles()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        var answer = await host.Client.GetAsync(new Uri("", UriKind.Relative), Cancel);

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("display")]
    [InlineData("patient?id=P-1")]
    [InlineData("alerts")]
    [InlineData("handover")]
    [InlineData("load")]
    [InlineData("rules")]
    [InlineData("queues")]
    [InlineData("devices")]
    public async Task Page_Always_HasItsIntendedUseAndOnlyRelativeAddresses(string path)
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        var page = await host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.StartsWith("<!DOCTYPE html>", page.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("Supplementary information. The bedside alarms stay primary. Not a medical device as distributed.", page, StringComparison.Ordinal);
        var addresses = Regex.Matches(page, "(?:href|src)=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Matches("^(assets/|\\./$|#|[a-z]+$)", address));
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" on", Regex.Replace(page, ">[^<]*<", "><"), StringComparison.Ordinal);
    }

    /// <summary>Its frame would stand there empty until the first answer comes.</summary>
    [Fact]
    public async Task Page_BeforeAnythingIsKnown_ShowsNoRoomForTroubles()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        var page = await host.Client.GetStringAsync(new Uri("", UriKind.Relative), Cancel);

        Assert.Matches("<div[^>]*id=\"troubles\"[^>]* hidden", page);
    }

    [Fact]
    public async Task Page_HostileDisplayName_IsEncoded()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, configure: options => options.DisplayName = "<script>alert(1)</script>\"");

        var page = await host.Client.GetStringAsync(new Uri("", UriKind.Relative), Cancel);

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UnderASubPathWithoutSlash_LeadsToTheSlash()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, pathBase: "/ward");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);

        var answer = await client.GetAsync(new Uri(host.Address, "/ward"), Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/ward/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Assets_EachNamedInThePage_IsThere()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);
        var seen = new HashSet<string>();
        var open = new Queue<string>();
        foreach (var path in new[] { "", "display", "patient", "alerts", "handover", "load", "rules", "queues", "devices" })
        {
            var page = await host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
            foreach (Match match in Regex.Matches(page, "(?:href|src)=\"assets/([^\"]*)\""))
            {
                open.Enqueue(match.Groups[1].Value);
            }
        }

        while (open.TryDequeue(out var name))
        {
            if (seen.Add(name))
            {
                var text = await host.Client.GetStringAsync(new Uri("assets/" + name, UriKind.Relative), Cancel);
                Assert.DoesNotContain("http://www.", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
                foreach (Match import in Regex.Matches(text, "from \"\\./([^\"]+)\""))
                {
                    open.Enqueue(import.Groups[1].Value);
                }
            }
        }

        Assert.Contains("board-page.js", seen);
        Assert.Contains("trace.js", seen);

        // A file that no page leads to is dead.
        var all = typeof(BoardServices).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("assets/", StringComparison.Ordinal)).Select(name => name["assets/".Length..]);
        Assert.Equal(all.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Assets_AskedForAgain_AreNotSentAgain()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);
        var first = await host.Client.GetAsync(new Uri("assets/board-page.js", UriKind.Relative), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("assets/board-page.js", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));

        var second = await host.Client.SendAsync(request, Cancel);

        Assert.Equal("text/javascript", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    /// <summary>With a slash at its end the relative addresses of a page would lead one level too deep.</summary>
    [Fact]
    public async Task Page_WithASlashAtItsEnd_LeadsToTheOneWithout()
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock, pathBase: "/ward");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);

        var answer = await client.GetAsync(new Uri(host.Address, "/ward/alerts/?ward=ICU"), Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/ward/alerts?ward=ICU", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("assets/nothing.js")]
    [InlineData("assets/..%2FBoard.dll")]
    [InlineData("assets/")]
    public async Task Assets_Unknown_Are404(string path)
    {
        await using var host = await BoardHost.StartAsync(new FakeWard(_clock), _clock);

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Start_WrongOptions_StopsAndNamesAllOfThem()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => BoardHost.StartAsync(new FakeWard(_clock), _clock, configure: options =>
        {
            options.TimeZone = "Mars/Olympus";
            options.DisplayName = " ";
            options.StreamsMost = 0;
        }));

        Assert.Equal(3, failure.Failures.Count());
        Assert.Contains("Mars/Olympus", failure.Message, StringComparison.Ordinal);
    }
}
