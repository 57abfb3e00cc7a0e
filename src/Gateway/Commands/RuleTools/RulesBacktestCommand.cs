using System.CommandLine;
using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage.BuiltIn;
using Spectre.Console;

namespace IoTGateway.Commands.RuleTools;

/// <summary><c>rules backtest</c>: plays recordings, or what the built-in store holds, through one rule set or two.</summary>
internal sealed class RulesBacktestCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Recordings with the columns time_s,patient,metric,value.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _store = new("--store") { Description = "In place of files: the built-in store, or the data directory that holds it.", HelpName = "DIR" };
    private readonly Option<string?> _rules = CommonOptions.Rules();
    private readonly Option<string?> _against = new("--against") { Description = "Rules (OLD) that those of --rules (NEW) are compared with.", HelpName = "DIR" };
    private readonly Option<string?> _from = new("--from") { Description = "Only from this time on: seconds of the recording, or ISO 8601 with offset or Z.", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "Only before this time.", HelpName = "TIME" };
    private readonly Option<Population> _population = new("--population") { Description = "Whom the patients count among (default: Adult).", DefaultValueFactory = _ => Population.Adult };
    private readonly Option<string?> _ward = new("--ward") { Description = "The patients' ward, where the recording does not say it.", HelpName = "NAME" };
    private readonly Option<string[]> _tags = new("--tag") { Description = "A tag that every patient has; may be given several times.", HelpName = "NAME" };
    private readonly Option<string?> _html = new("--html") { Description = "Write a report with charts to this file; it holds patient data.", HelpName = "FILE" };
    private readonly Option<int> _differences = new("--differences") { Description = "How many differences to list (default: 20).", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string> _format = CommonOptions.Format("table", "csv", "json");

    private RulesBacktestCommand()
    {
    }

    public static Command Create()
    {
        var command = new RulesBacktestCommand();
        var backtest = new Command("backtest", "Play recordings through the rules: each transition, or what changes against other rules.")
        {
            command._files, command._store, command._rules, command._against, command._from, command._to, command._population, command._ward, command._tags,
            command._html, command._differences, command._format,
        };
        backtest.Validators.Add(parsed =>
        {
            var hasFiles = parsed.GetValue(command._files) is { Length: > 0 };
            if (hasFiles == (parsed.GetValue(command._store) is not null))
            {
                parsed.AddError(hasFiles ? "Name recordings or --store, not both." : "Name a recording (time_s,patient,metric,value), or --store DIR.");
            }
        });
        backtest.SetAction(command.Run);
        return backtest;
    }

    private int Run(ParseResult parsed)
    {
        var newer = RulesCommands.LoadOrFail(RulesCommands.DirectoryOf(parsed.GetValue(_rules)));
        var older = parsed.GetValue(_against) is { } against ? RulesCommands.LoadOrFail(against) : null;
        var format = Enum.Parse<BacktestFormat>(parsed.GetRequiredValue(_format), ignoreCase: true);
        var recording = new Recording(newer.Catalogue)
        {
            From = TimeOf(parsed.GetValue(_from), "--from") ?? Instant.MinValue,
            To = TimeOf(parsed.GetValue(_to), "--to") ?? Instant.MaxValue,
        };
        var options = new BacktestOptions
        {
            Population = parsed.GetValue(_population),
            Ward = parsed.GetValue(_ward) ?? "",
            Tags = [.. parsed.GetValue(_tags) ?? []],
        };
        var store = parsed.GetValue(_store);
        var files = parsed.GetValue(_files) ?? [];

        // A bar between lines that are printed as they come would only be noise.
        var showsProgress = !Console.IsErrorRedirected && (older is not null || Console.IsOutputRedirected);
        return WithProgress(showsProgress, progress =>
        {
            Read(recording, files, store, done => progress("Reading", done));
            if (recording.Errors.Length > 0)
            {
                return null;
            }

            options = options with { Progress = done => progress("Playing", done) };
            return older is null
                ? BacktestComparison.Of(Backtest.Run(newer, recording, options, Console.Out, format), recording)
                : BacktestComparison.Run(older, newer, recording, options);
        }) is { } comparison
            ? Tell(comparison, format, parsed.GetValue(_differences), parsed.GetValue(_html), store ?? string.Join(", ", files.Select(Path.GetFileName)))
            : TellErrors(recording);
    }

    private static int Tell(BacktestComparison comparison, BacktestFormat format, int differences, string? html, string title)
    {
        comparison.Newer.Summary.Write(Console.Error);
        if (comparison.Older is not null)
        {
            BacktestComparisonText.Write(comparison, Console.Out, format, differences);
        }

        if (html is not null)
        {
            try
            {
                using var output = new StreamWriter(html);
                HtmlReport.Write(comparison, title, differences, output);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException($"The report {html} cannot be written: {failure.Message}", failure);
            }

            Console.Error.WriteLine($"The report is in {Path.GetFullPath(html)}. It holds patient data.");
        }

        return ExitCode.Fine;
    }

    private static int TellErrors(Recording recording)
    {
        foreach (var error in recording.Errors)
        {
            Console.Error.WriteLine(error);
        }

        return ExitCode.Failed;
    }

    private static void Read(Recording recording, string[] files, string? store, Action<double> progress)
    {
        if (store is not null)
        {
            ReadStore(recording, Directory.Exists(DataLayout.Store(store)) ? DataLayout.Store(store) : store, progress);
            return;
        }

        foreach (var (index, file) in files.Index())
        {
            try
            {
                using var reader = new StreamReader(file);
                recording.ReadCsv(reader, file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException($"The recording {file} cannot be read: {failure.Message}", failure);
            }

            progress((index + 1.0) / files.Length);
        }
    }

    private static void ReadStore(Recording recording, string directory, Action<double> progress)
    {
        try
        {
            foreach (var value in StoredValues.Read(directory, recording.From, recording.To, progress))
            {
                if (!recording.Add(value.Time, value.Patient, value.Ward, value.Signal, value.Value, value.Quality))
                {
                    throw new UserErrorException($"The store holds more than {Recording.MostRows:#,0} values; take a part of it with --from and --to.");
                }
            }
        }
        catch (StoreException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }

    /// <summary>A number of seconds, or a date; null where nothing is given.</summary>
    private static Instant? TimeOf(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        const double LatestSecond = 1e12;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= LatestSecond)
        {
            return new Instant((long)Math.Round(seconds * 1_000));
        }

        // A date without its offset would mean another time on another machine.
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        return hasOffset && text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Instant.From(date)
            : throw new UserErrorException($"{option} '{text}' is no time; write seconds, for example 3600, or a date with its offset, for example 2026-11-22T20:00:00Z.");
    }

    private static T WithProgress<T>(bool isShown, Func<Action<string, double>, T> work)
    {
        if (!isShown)
        {
            return work((_, _) => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            var tasks = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
            return work((name, done) =>
            {
                if (!tasks.TryGetValue(name, out var task))
                {
                    task = context.AddTask(name, maxValue: 1);
                    tasks.Add(name, task);
                }

                task.Value = done;
            });
        });
    }
}
