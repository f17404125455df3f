// The bridge under load: several threads, one window. ./test also runs this under ThreadSanitizer.
#include "ui/bridge/engine_bridge.h"

#include <QImage>
#include <QTest>
#include <map>
#include <random>
#include <set>

#include "tests/ui/fake_family.h"
#include "ui/bridge/picture.h"

using namespace b3o;

namespace {

Request question(const std::string& text) { return ChatRequest{{{"user", {{text, nullptr}}}}, {}, {}}; }

Request drawing(uint64_t seed) {
  GenerateRequest request;
  request.recipe.prompt = "a boat";
  request.recipe.seed = seed;
  request.recipe.plan.steps = request.recipe.paint.steps = 3;
  request.count = 2;
  return request;
}

// What arrived of every job, in order.
struct Arrived {
  std::map<JobId, std::vector<Event>> of;
  size_t ended = 0;
  explicit Arrived(EngineBridge& bridge) {
    QObject::connect(&bridge, &EngineBridge::arrived, &bridge, [this](JobId id, const Event& event) {
      of[id].push_back(event);
      ended += is_terminal(event) ? 1 : 0;
    });
  }
};

// A job begins with Started (unless it was stopped while it waited) and has exactly one end, the last event.
QString wrongWith(const std::vector<Event>& events) {
  size_t ends = 0;
  for (const auto& event : events) ends += is_terminal(event) ? 1 : 0;
  if (ends != 1) return QStringLiteral("%1 ends").arg(ends);
  if (!is_terminal(events.back())) return QStringLiteral("an event after the end");
  if (events.size() > 1 && !std::holds_alternative<Started>(events.front())) return QStringLiteral("no start");
  return {};
}

}  // namespace

class Bridge : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void every_job_of_many_has_one_end_whoever_stops_it_and_when() {
    auto control = std::make_shared<test::FakeControl>();
    EngineBridge bridge(test::fakeEngine(control));
    Arrived arrived(bridge);
    std::mt19937 random(7);
    std::vector<JobId> jobs{bridge.submit(LoadModel{"paper-world"})};
    control->step_us = 200;
    for (int i = 0; i < 120; ++i) {
      jobs.push_back(bridge.submit(i % 7 == 0   ? Request(LoadModel{i % 2 ? "broken" : "paper-world"})
                                   : i % 2 == 0 ? drawing(uint64_t(i))
                                                : question("what is it?")));
      if (i % 3 != 0) bridge.cancel(jobs[random() % jobs.size()]);
      if (i % 5 == 0) QTest::qWait(int(random() % 8));
    }
    QTRY_COMPARE_WITH_TIMEOUT(arrived.ended, jobs.size(), 120000);
    for (const JobId job : jobs) QCOMPARE(wrongWith(arrived.of[job]), QString());
  }

  void stops_from_other_threads_reach_their_jobs() {
    auto control = std::make_shared<test::FakeControl>();
    EngineBridge bridge(test::fakeEngine(control));
    Arrived arrived(bridge);
    bridge.submit(LoadModel{"paper-world"});
    control->tokens = 100000;
    std::vector<JobId> jobs;
    for (int i = 0; i < 40; ++i) jobs.push_back(bridge.submit(question("a long story")));
    std::vector<std::thread> stoppers;
    for (int t = 0; t < 4; ++t)
      stoppers.emplace_back([&bridge, &jobs] {
        for (const JobId job : jobs) {
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
          bridge.cancel(job);
        }
      });
    QTRY_COMPARE_WITH_TIMEOUT(arrived.ended, jobs.size() + 1, 60000);
    for (auto& stopper : stoppers) stopper.join();
    for (const JobId job : jobs) QVERIFY(std::holds_alternative<Cancelled>(arrived.of[job].back()));
  }

  void the_window_may_read_a_picture_while_the_next_is_made() {
    auto control = std::make_shared<test::FakeControl>();
    EngineBridge bridge(test::fakeEngine(control));
    std::set<uint64_t> sums;
    size_t previews = 0;
    connect(&bridge, &EngineBridge::arrived, this, [&](JobId, const Event& event) {
      if (const auto* preview = std::get_if<Preview>(&event))
        previews += toQImage(std::make_shared<const Image>(preview->image)).isNull() ? 0 : 1;
      const auto* ready = std::get_if<ImageReady>(&event);
      if (!ready) return;
      uint64_t sum = 0;
      for (const uint8_t value : ready->image.pixels) sum = sum * 31 + value;
      sums.insert(sum);
    });
    bridge.submit(LoadModel{"paper-world"});
    for (uint64_t seed = 0; seed < 10; ++seed) bridge.submit(drawing(seed * 2));
    QTRY_COMPARE_WITH_TIMEOUT(sums.size(), size_t(20), 60000);
    QVERIFY(previews > 0);
  }

  void a_picture_stays_while_its_listener_runs_the_event_loop() {
    auto control = std::make_shared<test::FakeControl>();
    EngineBridge bridge(test::fakeEngine(control));
    int pictures = 0;
    connect(&bridge, &EngineBridge::arrived, this, [&](JobId, const Event& event) {
      const auto* ready = std::get_if<ImageReady>(&event);
      if (!ready) return;
      const Image before = ready->image;
      const SharedImage shared = bridge.share(ready->image);
      if (++pictures == 1) {
        bridge.submit(drawing(8));
        QVERIFY(QTest::qWaitFor([&] { return pictures == 3; }, 60000));  // another delivery, inside of this one
      }
      QVERIFY(ready->image == before && *shared == before);
      QVERIFY(bridge.share(ready->image).use_count() > 0);  // still held, not only pointed at
    });
    bridge.submit(LoadModel{"paper-world"});
    bridge.submit(drawing(0));
    QTRY_COMPARE_WITH_TIMEOUT(pictures, 4, 60000);
  }

  void an_end_in_the_middle_of_everything_waits_for_the_worker() {
    for (int i = 0; i < 10; ++i) {
      auto control = std::make_shared<test::FakeControl>();
      size_t late = 0;
      {
        EngineBridge bridge(test::fakeEngine(control));
        Arrived arrived(bridge);
        bridge.submit(LoadModel{"paper-world"});
        for (int k = 0; k < 6; ++k) bridge.submit(k % 2 ? drawing(1) : question("what?"));
        QTest::qWait(i * 3);
        late = arrived.ended;
      }
      QVERIFY(late <= 7);
      QCOMPARE(control.use_count(), 1);  // nobody holds on to the fake: engine, families and worker are gone
    }
  }
};

QTEST_GUILESS_MAIN(Bridge)
#include "bridge.moc"
