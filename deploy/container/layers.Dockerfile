# syntax=docker/dockerfile:1
# Builds the layers of both architectures from source and writes their zips to this machine, with neither .NET nor a compiler on it (Linux, macOS, Windows, any CI):
#   docker build --file deploy/container/layers.Dockerfile --output artifacts .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS sdk

# Debian serves the libraries of the other architecture beside its own; the SDK's own image is another distribution's, which does not.
FROM debian:bookworm-slim AS build
COPY --from=sdk /usr/share/dotnet/ /usr/share/dotnet/
ENV PATH=/usr/share/dotnet:$PATH DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# What .NET itself needs to speak to the package feed. The rest is installed by scripts/prerequisites.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libssl3 libstdc++6
WORKDIR /source
# Only what the build reads, so that a change elsewhere does not build it anew.
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig LICENSE ./
COPY scripts/ scripts/
COPY src/BannedSymbols.txt src/
COPY src/LambdaLogs.Extension/ src/LambdaLogs.Extension/
RUN for architecture in $(scripts/architecture); do scripts/build-native "$architecture" && scripts/package "$architecture" || exit 1; done

FROM scratch
COPY --from=build /source/artifacts/*.zip /
