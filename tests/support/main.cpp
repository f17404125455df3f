// Runs every case of a test program: as rows of one QtTest where Qt is, else by itself.
#include <iostream>

#include "tests/support/case.h"

#ifdef B3O_QTTEST
#include <QCoreApplication>
#include <QTest>
#endif

namespace b3o::test {
namespace {

std::vector<Case>& registry() {
  static std::vector<Case> cases;
  return cases;
}

// Empty when the case passed.
std::string run(const Case& item) {
  try {
    item.body();
    return {};
  } catch (const std::exception& e) {
    return e.what() && *e.what() ? e.what() : "failed without a message";
  } catch (...) {
    return "threw something that is no std::exception";
  }
}

}  // namespace

Cases::Cases(std::vector<Case> cases) {
  for (auto& item : cases) registry().push_back(std::move(item));
}

const std::vector<Case>& all_cases() { return registry(); }

}  // namespace b3o::test

#ifdef B3O_QTTEST

class Core : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void holds_data() {
    QTest::addColumn<int>("index");
    const auto& cases = b3o::test::all_cases();
    for (size_t i = 0; i < cases.size(); ++i) QTest::newRow(cases[i].name.c_str()) << int(i);
  }
  void holds() {
    QFETCH(int, index);
    const std::string failure = b3o::test::run(b3o::test::all_cases()[size_t(index)]);
    if (!failure.empty()) QFAIL(failure.c_str());
  }
};

int main(int argc, char** argv) {
  QCoreApplication app(argc, argv);
  Core tests;
  QTEST_SET_MAIN_SOURCE_PATH
  return QTest::qExec(&tests, argc, argv);
}
#include "main.moc"

#else

// Arguments: names of cases to run; none runs all.
int main(int argc, char** argv) {
  int failed = 0, passed = 0;
  for (const auto& item : b3o::test::all_cases()) {
    bool wanted = argc < 2;
    for (int i = 1; i < argc; ++i) wanted = wanted || item.name == argv[i];
    if (!wanted) continue;
    const std::string failure = b3o::test::run(item);
    (failure.empty() ? passed : failed) += 1;
    if (!failure.empty()) std::cout << "FAIL " << item.name << ": " << failure << std::endl;
  }
  std::cout << passed << " passed, " << failed << " failed" << std::endl;
  return failed == 0 && passed > 0 ? 0 : 1;
}

#endif
