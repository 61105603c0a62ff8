using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Joining;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Joining;

public sealed class StackTraceTests
{
    /// <summary>Blocks as programs print them: what stands between two lines of hyphens is one record.</summary>
    public static TheoryData<string, string> Traces => new()
    {
        {
            "Java",
            """
            starting
            -----
            java.lang.IllegalStateException: no order
            	at com.example.Orders.find(Orders.java:42)
            	at com.example.Handler.handleRequest(Handler.java:17)
            	Suppressed: java.io.IOException: closed
            		at com.example.Orders.close(Orders.java:60)
            Caused by: java.lang.NullPointerException
            	at com.example.Store.get(Store.java:9)
            	... 2 more
            -----
            done
            """
        },
        {
            "Java in a thread",
            """
            Exception in thread "main" java.lang.RuntimeException: x
            	at A.main(A.java:3)
            -----
            next
            """
        },
        {
            "Python",
            """
            before
            -----
            Traceback (most recent call last):
              File "/var/task/app.py", line 3, in handler
                return orders["x"]
            KeyError: 'x'

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/var/task/app.py", line 5, in handler
                raise botocore.exceptions.ClientError("no")
            botocore.exceptions.ClientError: no
            -----
            after: fine
            """
        },
        {
            "Node",
            """
            Error: connect ECONNREFUSED 127.0.0.1:5432
                at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)
                at async handler (/var/task/index.js:3:9) {
              errno: -111,
              code: 'ECONNREFUSED'
            }
            -----
            next
            """
        },
        {
            "Node that quotes its source",
            """
            /var/task/index.js:7
              throw new TypeError("x");
              ^

            TypeError: x
                at Object.<anonymous> (/var/task/index.js:7:9)
            -----
            next
            """
        },
        {
            ".NET",
            """
            Unhandled exception. System.InvalidOperationException: no
             ---> System.ArgumentException: bad
               at App.Orders.Find(String id) in /src/Orders.cs:line 12
               --- End of inner exception stack trace ---
               at App.Program.Main() in /src/Program.cs:line 5
            --- End of stack trace from previous location ---
               at App.Program.<Main>()
            -----
            info: next
            """
        },
        {
            "Go",
            """
            panic: runtime error: index out of range [5] with length 3

            goroutine 1 [running]:
            main.find(...)
            	/src/main.go:12
            main.main()
            	/src/main.go:7 +0x1d
            exit status 2
            -----
            START of the next
            """
        },
        {
            "Ruby",
            """
            app.rb:3:in `find': no order (RuntimeError)
            	from app.rb:7:in `handler'
            	from /var/runtime/lib/handler.rb:28:in `call'
            -----
            next
            """
        },
        {
            "Ruby, uncaught",
            """
            before
            -----
            /var/task/app.rb:3:in 'handler': no stock (RuntimeError)
            	from /var/task/app.rb:9:in '<main>'
            -----
            /var/task/app.rb:3:in `handler': no stock (RuntimeError)
            	from /var/task/app.rb:9:in `<main>'
            -----
            after
            """
        },
        {
            "Rust",
            """
            before
            -----
            thread 'main' panicked at src/main.rs:2:5:
            error: no stock
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            -----
            thread 'tokio-runtime-worker' panicked at src/main.rs:9:5:
            assertion `left == right` failed
              left: 1
             right: 2
            stack backtrace:
               0: rust_begin_unwind
                         at /rustc/9fc6b431/library/std/src/panicking.rs:645:5
               1: core::panicking::panic_fmt
            note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
            -----
            thread 'main' panicked at 'no stock', src/main.rs:2:5
            -----
            note: an ordinary line
            """
        },
        {
            "PHP",
            """
            before
            -----
            PHP Fatal error:  Uncaught RuntimeException: no stock in /var/task/index.php:3
            Stack trace:
            #0 /var/task/index.php(9): place()
            #1 [internal function]: run()
            #2 {main}

            Next LogicException: closed in /var/task/index.php:12
            Stack trace:
            #0 {main}
              thrown in /var/task/index.php on line 12
            -----
            #1 in the list
            -----
            PHP Warning:  Undefined variable $x in /var/task/index.php on line 3
            -----
            after
            """
        },
        {
            "Elixir",
            """
            before
            -----
            ** (RuntimeError) no stock
                (shop 0.1.0) lib/shop.ex:3: Shop.place/1
                (stdlib 5.2) gen_server.erl:1095: :gen_server.try_handle_call/4
            Last message: :place
            State: %{}
            -----
            after
            """
        },
        {
            "Dart",
            """
            before
            -----
            Unhandled exception:
            Exception: no stock
            #0      place (package:shop/orders.dart:3:5)
            #1      main (file:///var/task/bin/main.dart:9:3)
            #2      _delayEntrypointInvocation.<anonymous closure> (dart:isolate-patch/isolate_patch.dart:295:32)
            -----
            after
            """
        },
        {
            "Java, a message of several lines, one of them indented",
            """
            java.sql.SQLException: could not
              run
            the statement
            	at com.example.Orders.place(Orders.java:42)
            -----
            next
            """
        },
        {
            "Node with its version",
            """
            /var/task/index.js:7
              throw new TypeError("x");
              ^

            TypeError: x
                at Object.<anonymous> (/var/task/index.js:7:9)

            Node.js v22.1.0
            -----
            next
            """
        },
        {
            "Deno",
            """
            error: Uncaught (in promise) Error: no stock
                throw new Error("no stock");
                      ^
                at file:///var/task/a.ts:3:9
            -----
            next
            """
        },
        {
            "Go, caught by a server",
            """
            2026/03/14 09:26:53 http: panic serving 127.0.0.1:80: no stock
            goroutine 7 [running]:
            net/http.(*conn).serve.func1()
            	/usr/local/go/src/net/http/server.go:1 +0x1
            -----
            next
            """
        },
        {
            "Rust, a message of several lines",
            """
            thread 'main' panicked at src/main.rs:2:5:
            no stock
            of order 7
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            -----
            next
            -----
            thread 'main' panicked at src/main.rs:2:5:
            no stock
            -----
            thread 'main' panicked at src/main.rs:3:5:
            no stock
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            -----
            next
            """
        },
        {
            "Python's warning",
            """
            /var/task/a.py:3: DeprecationWarning: x is deprecated
              f(x)
            -----
            next
            """
        },
        {
            "none",
            """
            one
            -----
            two
            -----
              indented, but no frame
            -----
            three:
            -----
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Traces))]
    public void A_trace_becomes_one_record_and_lines_around_it_stay(string language, string text)
    {
        var rig = new RuleRig(new RuleOptions { Join = new JoinOptions() });
        var blocks = text.ReplaceLineEndings("\n").Split("\n-----\n");
        foreach (var line in blocks.SelectMany(block => block.Split('\n')))
            rig.Line(line);
        rig.Drain();
        Assert.True(blocks.SequenceEqual(rig.Messages.Select(RuleRig.Unescape)), $"{language}: {string.Join("\n-----\n", rig.Messages.Select(RuleRig.Unescape))}");
        Assert.Equal(blocks.Sum(block => block.Count(letter => letter == '\n')), rig.RemovedBy(Rule.Join));
    }

    [Theory]
    [InlineData(LogLevel.Error, 1)]
    [InlineData(LogLevel.Info, 2)]
    internal void An_exception_belongs_to_the_line_before_it_where_that_tells_of_a_failure(LogLevel level, int records)
    {
        var rig = new RuleRig(new RuleOptions { Join = new JoinOptions() });
        rig.Line("order failed", level);
        rig.Line("java.lang.IllegalStateException: no order");
        rig.Line("\tat com.example.Orders.find(Orders.java:42)");
        rig.Drain();
        Assert.Equal(records, rig.Kept.Count);
        Assert.Equal(level, rig.Kept[0].Level);
    }
}
