# docker build -t curate .      How it is used: docs/en/operations.md
# --build-arg EXTRAS=[report,answers] adds what no night needs: curate report, curate answers serve.
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
ARG EXTRAS=
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE feeds.yaml ./
COPY templates templates
COPY curate curate
# The versions of constraints.txt; a wheel that pip makes of this folder has no hash, so theirs cannot be asked for.
RUN sed -e 's/ *\\$//' -e '/--hash=/d' constraints.txt > pins.txt \
    && python3 -m venv --without-pip /opt/curate \
    && python3 -m pip --python /opt/curate/bin/python install --no-cache-dir --no-compile \
       --disable-pip-version-check --constraint pins.txt ".${EXTRAS}" \
    && find /opt/curate -type d -name tests -prune -exec rm -r {} +

FROM ${PYTHON}
# Zones and the typeface of covers come with the program. What stands in the image is not written: the account is all state.
ENV PATH=/opt/curate/bin:${PATH} LANG=C.UTF-8 TZ=Asia/Shanghai PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin curate \
    && install -d -o curate -g curate /account
COPY --from=build /opt/curate /opt/curate
USER 10001:10001
WORKDIR /account
VOLUME /account
STOPSIGNAL SIGTERM
ENTRYPOINT ["curate"]
CMD ["watch", "--at", "06:00"]
