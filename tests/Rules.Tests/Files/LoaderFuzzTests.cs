using System.Text;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Files;

/// <summary>Whatever stands in a file, the loader answers with a rule set or with diagnostics that point into a file; it never throws.</summary>
public class LoaderFuzzTests
{
    private static readonly string[] Seeds = [.. ShippedRules.Files.Select(file => file.Text), TenRules.Text, TenRules.Text, TestRules.Signals, TestRules.File("when: \"a > 100 and not v is A\"", "clear when: |\n      a < 5\n      or b is missing")];
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ": ", "- ", "\n", "  ", "\t", "\"", "'", "|", ">", "&a", "*a", "!x", "%", "#", "---\n", "...\n", "? ", "limit ", "not ", "between ", " is ", "missing", "no value", "((((((((((",
        "1e999", "٣", "\0", "\uFEFF", "\uD800", "\u2028", "\u0085", "😀", "999999999999999999", "-", "\\x", "\\u12", "version: 1\n", "{a}", "{{", "when: ", "for: 5\n", "\r", "\r\n", ",",
    ];

    [Fact]
    public void Load_MutatedFiles_NeverThrows()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 1_500; round++)
        {
            var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
            if (random.Next(3) > 0)
            {
                // A short piece of a file makes mistakes of other kinds than a long one.
                var start = random.Next(text.Length);
                text.Remove(0, start).Length = Math.Min(text.Length, random.Next(1, 1_500));
            }

            for (var mutation = random.Next(1, 8); mutation > 0 && text.Length > 0; mutation--)
            {
                Mutate(random, text);
            }

            Check(text.ToString(), seed, round);
        }
    }

    [Fact]
    public void Load_RandomBytes_NeverThrows()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var bytes = new byte[2_000];
        for (var round = 0; round < 1_000; round++)
        {
            random.NextBytes(bytes);
            var length = random.Next(bytes.Length);
            Check(round % 2 == 0 ? Encoding.Latin1.GetString(bytes, 0, length) : Encoding.UTF8.GetString(bytes, 0, length), seed, round);
        }
    }

    [Fact]
    public void Load_RandomFilesOfTheGrammar_NeverThrowsAndSomeAreRight()
    {
        var seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var right = 0;
        for (var round = 0; round < 1_500; round++)
        {
            right += Check(new RandomRuleFile(random).Text(), seed, round) ? 1 : 0;
        }

        // A generator that makes nothing but mistakes would look at the first lines of the loader only.
        Assert.InRange(right, 20, 1_499);
    }

    private static void Mutate(Random random, StringBuilder text)
    {
        var at = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0:
                text.Remove(at, Math.Min(text.Length - at, random.Next(1, 10)));
                break;
            case 1:
                text[at] = (char)random.Next(32, 127);
                break;
            default:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }

    private static bool Check(string text, int seed, int round)
    {
        try
        {
            var result = TestRules.TryLoad(text);
            Assert.True((result.Rules is null) == result.Diagnostics.Any(diagnostic => diagnostic.IsError), "a set or an error");
            foreach (var diagnostic in result.Diagnostics)
            {
                Assert.True(diagnostic.Line >= 1 && diagnostic.Column >= 1 && diagnostic.Length >= 1, $"no place: {diagnostic}");
                Assert.True(diagnostic.Line <= text.Split('\n', '\r').Length || diagnostic.File != "test.yaml", $"behind the file: {diagnostic}");
                Assert.NotEmpty(diagnostic.ToString());
            }

            return result.Rules is not null;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"seed {seed}, round {round}: {failure.GetType().Name} {failure.Message} at {failure.StackTrace?.Split((char)10).FirstOrDefault(line => line.Contains("Rules", StringComparison.Ordinal))}\n{text}", failure);
        }
    }
}
